import path from 'node:path'
import { build } from 'esbuild'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { Consumer } from './consumer.js'
import { REPO } from './pack.js'

const ES = { target: 'es2022', lib: ['es2023'] }
const DRIVERS = ['better-sqlite3', 'pg', 'pg-native', 'ioredis', 'graphene-pk11', 'node:sqlite']

describe('the packed package', () => {
  let consumer: Consumer
  const install = async (project: string): Promise<Consumer> => {
    consumer = await Consumer.install(inject('tarball'), project)
    return consumer
  }
  afterEach(() => consumer?.remove())

  it('runs in a CommonJS application, as an instance of its BaseCheckpointSaver', async () => {
    await install('cjs')
    expect(await consumer.node('main.cjs')).toBe('cjs ok\n')
  })

  it('type-checks in a CommonJS module under node16 resolution', async () => {
    await install('cjs')
    consumer.write(
      'types.cts',
      "import { secretSafe } from 'langgraph-secret-safe'\nimport { createDetector } from 'langgraph-secret-safe/detect'\nexport = { secretSafe, createDetector }\n",
    )
    // LangChain's own CJS types import an ES module.
    await consumer.tsc({ ...ES, module: 'node16', noEmit: true, skipLibCheck: true }, ['types.cts'])
  })

  it('builds and runs as ES modules under node16 resolution', async () => {
    await install('esm')
    consumer.write('package.json', { type: 'module' })
    await consumer.tsc({ ...ES, module: 'node16', outDir: 'out' }, ['main.ts'])
    expect(await consumer.node('out/main.js')).toBe('esm ok\n')
  })

  it('type-checks under bundler resolution', async () => {
    await install('esm')
    consumer.write('package.json', { type: 'module' })
    await consumer.tsc({ ...ES, module: 'esnext', moduleResolution: 'bundler', noEmit: true, skipLibCheck: true }, [
      'main.ts',
    ])
  })

  it.each(['cjs', 'esm'] as const)('runs from an esbuild bundle (%s) with the drivers left out', async (format) => {
    await install('bundled')
    const outfile = path.join(consumer.directory, format === 'cjs' ? 'bundle.cjs' : 'bundle.mjs')
    await build({
      absWorkingDir: consumer.directory,
      entryPoints: ['main.mjs'],
      bundle: true,
      platform: 'node',
      format,
      external: DRIVERS,
      outfile,
      logLevel: 'silent',
      ...(format === 'esm' && {
        banner: { js: "import { createRequire as of } from 'node:module'; const require = of(import.meta.url)" },
      }),
    })
    expect(await consumer.node(outfile)).toBe('bundled ok\n')
  })

  it('bundles ./detect for the browser: no node: module, none of the saver, and no Node global', async () => {
    await install('browser')
    const outfile = path.join(consumer.directory, 'bundle.mjs')
    const { metafile, errors } = await build({
      absWorkingDir: consumer.directory,
      entryPoints: ['main.js'],
      bundle: true,
      platform: 'browser',
      format: 'esm',
      outfile,
      metafile: true,
      logLevel: 'silent',
    })
    expect(errors).toEqual([])
    const inputs = Object.keys(metafile.inputs).map((input) => path.basename(input))
    expect(
      inputs.filter(
        (input) => !/^(main|detect|(?:detect-entry|errors|checks|base64|templates|linear-matcher)-.*)\.js$/.test(input),
      ),
    ).toEqual([])
    consumer.write(
      'run.mjs',
      `const print = console.log
       for (const name of ['process', 'Buffer', 'global', 'setImmediate']) delete globalThis[name]
       await import('./bundle.mjs')
       const body = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(90)))).replace(/[^A-Za-z0-9]/g, '')
       print(JSON.stringify(scan('token: ghp_' + body.slice(0, 36)).map(({ ruleId }) => ruleId)))`,
    )
    expect(JSON.parse(await consumer.node('run.mjs'))).toEqual([expect.stringMatching(/^github-/)])
  })

  it('agrees with its other format in one process: brands, and the principal of runAs', async () => {
    await install('both')
    expect(await consumer.node('main.mjs')).toBe('both ok\n')
  })

  it('brings the secret-safe command', async () => {
    await install('cjs')
    const bin = 'node_modules/langgraph-secret-safe/dist/cli/main.js'
    expect(await consumer.node(bin, '--version')).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(await consumer.node(bin, 'keys', 'init')).toContain('export SECRET_SAFE_KEY_FILE=')
  })

  it('passes publint', async () => {
    await install('cjs')
    const pkgDir = path.join(consumer.directory, 'node_modules/langgraph-secret-safe')
    const { messages, pkg } = await publint({ pkgDir, pack: false, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg as never))).toEqual([])
  })

  it('passes attw on every entry that can be required', async () => {
    await install('cjs')
    const attw = path.join(REPO, 'node_modules/@arethetypeswrong/cli/dist/index.js')
    // ESM alone, because vitest refuses to be required. A problem is a non-zero exit code.
    const flags = ['--profile', 'node16', '--no-color', '--exclude-entrypoints', 'testing']
    expect(await consumer.node(attw, inject('tarball'), ...flags)).toContain('node16 (from CJS)')
  })
})
