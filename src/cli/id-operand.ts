/** Of commands that are given an id; the values of these options are none. */
const COMMANDS: ReadonlySet<string> = new Set(['approve', 'deny'])
const TAKE_VALUES: ReadonlySet<string> = new Set(['--as', '--vault', '--tenant', '--config'])
/** One in 64 ids begins with a hyphen, as an option does. */
const ID = /^-[\w-]{21}$/

/** The same arguments, with such an id behind `--`, where it is read as what it is. */
export function withIdOperand(args: readonly string[]): readonly string[] {
  const command = args.findIndex((arg) => COMMANDS.has(arg))
  if (command < 0 || args.includes('--')) return args
  const at = args.findIndex((arg, i) => i > command && ID.test(arg) && !TAKE_VALUES.has(args[i - 1]!))
  return at < 0 ? args : [...args.slice(0, at), ...args.slice(at + 1), '--', args[at]!]
}
