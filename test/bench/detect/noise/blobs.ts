import type { Dice, Make } from '../dice.js'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAA'
const PDF = 'JVBERi0xLjcKJeLjz9MK'

export const image: Make = (dice) =>
  `data:image/png;base64,${PNG}${dice.bytes(dice.whole(600, 9000)).toString('base64')}`
export const pdf: Make = (dice) => PDF + dice.bytes(dice.whole(600, 9000)).toString('base64')
export const thinkingSignature: Make = (dice) => `ErUB${dice.bytes(dice.whole(180, 900)).toString('base64')}`
export const encryptedReasoning: Make = (dice) => `gAAAAAB${dice.bytes(dice.whole(200, 1200)).toString('base64url')}`
export const sri: Make = (dice) => `sha512-${dice.bytes(64).toString('base64')}`
export const embedding = (dice: Dice, length: number): number[] =>
  Array.from({ length }, () => Math.round((dice.random() * 2 - 1) * 1e8) / 1e8)

/** Names that lockfiles hold; none is a dictionary word that a rule should care for. */
const PACKAGES = ['lodash', 'zod', 'token-types', 'keyv', 'secret-stack', 'ws', 'uuid', 'passport-local', 'p-limit']

export const npmLock: Make = (dice) =>
  dice
    .times(2, 8, () => {
      const name = dice.pick(PACKAGES)
      const version = `${dice.whole(0, 9)}.${dice.whole(0, 20)}.${dice.whole(0, 9)}`
      const resolved = `https://registry.npmjs.org/${name}/-/${name}-${version}.tgz`
      return `    "node_modules/${name}": {\n      "version": "${version}",\n      "resolved": "${resolved}",\n      "integrity": "${sri(dice)}"\n    },`
    })
    .join('\n')

export const yarnLock: Make = (dice) =>
  dice
    .times(2, 8, () => {
      const name = dice.pick(PACKAGES)
      const version = `${dice.whole(0, 9)}.${dice.whole(0, 20)}.0`
      return `${name}@^${version}:\n  version "${version}"\n  resolved "https://registry.yarnpkg.com/${name}/-/${name}-${version}.tgz#${dice.hex(40)}"\n  integrity ${sri(dice)}\n`
    })
    .join('\n')

export const poetryLock: Make = (dice) =>
  dice
    .times(2, 8, () => {
      const name = dice.pick(PACKAGES)
      return `    {file = "${name}-1.${dice.whole(0, 30)}.0-py3-none-any.whl", hash = "sha256:${dice.hex(64)}"},`
    })
    .join('\n')

export const goSum: Make = (dice) =>
  dice
    .times(
      2,
      8,
      () => `github.com/acme/${dice.pick(PACKAGES)} v1.${dice.whole(0, 40)}.0 h1:${dice.bytes(32).toString('base64')}`,
    )
    .join('\n')

export const minified: Make = (dice) => {
  const name = () => dice.pick(['e', 't', 'n', 'r', 'o', 'i', 'a', 's', 'u', 'c'])
  return dice
    .times(8, 60, () =>
      dice.pick([
        () =>
          `function ${name()}(${name()},${name()}){return ${name()}.key===${name()}.token?${dice.whole(0, 999)}:void 0}`,
        () =>
          `${name()}.exports=function(){var ${name()}=${name()}("${dice.hex(20)}");return ${name()}.password||null}();`,
        () =>
          `!function(${name()}){${name()}.prototype.secret=function(){return this._${dice.fill('{{base62:6}}')}}}(${name()});`,
        () =>
          `.${dice.fill('{{base62:5}}')}_${dice.fill('{{base62:6}}')}{color:#${dice.hex(6)};margin:0 ${dice.whole(0, 40)}px}`,
      ])(),
    )
    .join('')
}

export const sourceMap: Make = (dice) =>
  `{"version":3,"file":"main.${dice.hex(8)}.js","names":["token","key"],"mappings":"${dice
    .times(60, 200, () => dice.fill('{{base62:4}}'))
    .join(dice.pick([',', ';']))}"}`

export const lockfile: Make = (dice) => dice.pick([npmLock, yarnLock, poetryLock, goSum])(dice)
