import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { PolicyDefinition } from '../access/policy/definition.js'
import { Policy } from '../access/policy/policy.js'
import { type RuleWarning, warningsOfRules } from '../access/policy/rule-warnings.js'
import { classesOf, definitionOf } from '../config/create-policy.js'
import { loadConfig } from '../config/load-config.js'
import { parseData, parseFile } from '../config/parse-file.js'
import { policyOptionsOf } from '../config/policy-of.js'
import type { KeyPath } from '../config/shape.js'
import { type ConfigSource, placed } from '../config/source.js'
import { ConfigError, foreignCode } from '../errors.js'
import type { GlobalOptions } from './target.js'

export interface PolicySourceOptions extends GlobalOptions {
  readonly policy?: string
  readonly environment?: string
}

/** The policy that a command is about, as it is written and as it decides. */
export class PolicySource {
  readonly file: string
  readonly definition: PolicyDefinition
  readonly #source: ConfigSource
  /** Where in the file the definition stands. */
  readonly #root: KeyPath
  readonly #options: ReturnType<typeof policyOptionsOf>

  /**
   * An option goes before the configuration.
   * @throws ConfigError if there is none, or it cannot be used.
   */
  constructor({ policy, environment, config: configFile }: PolicySourceOptions) {
    const { file, config } = loadConfig({ file: configFile })
    this.#options = { ...policyOptionsOf(config), ...(environment === undefined ? {} : { environment }) }
    const named = policy === undefined ? config.policy?.file : path.resolve(policy)
    if (named !== undefined) {
      const { value, source } = parseData(named, read(named))
      this.definition = definitionOf(value, source)
      this.file = named
      this.#source = source
      this.#root = []
      return
    }
    if (file === undefined || config.policy === undefined)
      throw new ConfigError('There is no policy: name its file with --policy, or in the configuration under "policy".')
    const { environment: _where, file: _none, ...definition } = config.policy
    this.definition = definition as PolicyDefinition
    this.file = file
    this.#source = parseFile(file).source
    this.#root = ['policy']
  }

  /** @param environment instead of the command's. */
  compile(environment: string | undefined = this.#options.environment): Policy {
    return new Policy(this.definition, { environment, classes: classesOf(this.#options) })
  }

  /** With the place of each in the file. */
  warnings(): readonly string[] {
    const found = warningsOfRules(this.definition, classesOf(this.#options), Date.now())
    return found.map(({ path: at, message }: RuleWarning) =>
      placed(this.#source, { path: [...this.#root, ...at], message }),
    )
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConfigError(`${file}: the policy file could not be read.`, { cause: foreignCode(error) })
  }
}
