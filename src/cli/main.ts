#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { withIdOperand } from './id-operand.js'
import { EXIT, isUsageError, printError } from './output.js'
import { createProgram } from './program.js'

const SHOWN = new Set(['commander.help', 'commander.helpDisplayed', 'commander.version'])

// The same depth in `src` and in `dist`.
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failure)
})

try {
  const args = withIdOperand(process.argv.slice(2))
  const program = await createProgram(version, args)
  await program.parseAsync(args, { from: 'user' })
} catch (error) {
  if (!isUsageError(error) || !SHOWN.has(error.code)) {
    printError(error)
    process.exitCode = EXIT.failure
  } else if (error.code === 'commander.help') {
    process.exitCode = EXIT.failure
  }
}
