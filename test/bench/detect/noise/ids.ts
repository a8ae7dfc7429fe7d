import type { Dice, Make } from '../dice.js'

export function uuid(dice: Dice, version = 4): string {
  const hex = dice.hex(32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

const template =
  (text: string): Make =>
  (dice) =>
    dice.fill(text)

/** Ids that providers and frameworks leave in a model's answers, by what they name. */
export const IDS: Readonly<Record<string, readonly Make[]>> = {
  toolCall: [
    template('call_{{base62:24}}'),
    template('toolu_01{{base62:22}}'),
    template('toolu_bdrk_01{{base62:22}}'),
    template('tooluse_{{base64url:22}}'),
    template('chatcmpl-tool-{{hex:32}}'),
    template('fc_{{hex:48}}'),
    template('{{base62:9}}'),
    template('functions.search:{{digits:1}}'),
  ],
  message: [
    template('msg_01{{base62:22}}'),
    template('msg_{{hex:48}}'),
    template('chatcmpl-{{base62:29}}'),
    template('run-{{uuid}}'),
    template('lc_run--{{uuid}}'),
    template('gen-{{digits:10}}-{{base62:20}}'),
    (dice) => uuid(dice),
  ],
  response: [
    template('resp_{{hex:48}}'),
    template('req_011C{{base62:20}}'),
    template('req_{{hex:32}}'),
    template('rs_{{hex:48}}'),
    template('fp_{{hex:10}}'),
    template('batch_{{hex:32}}'),
    template('ws_{{hex:48}}'),
  ],
  file: [
    template('file-{{base62:22}}'),
    template('file_01{{base62:22}}'),
    template('files/{{lower36:12}}'),
    template('vs_{{hex:32}}'),
    template('cfile_{{hex:32}}'),
    template('1{{base64url:43}}'),
  ],
  record: [
    (dice) => uuid(dice),
    (dice) => uuid(dice, 7),
    (dice) => uuid(dice, 1),
    (dice) => dice.hex(24),
    template('01{{upper36:24}}'),
    template('c{{lower36:24}}'),
    template('{{base64url:21}}'),
    template('cus_{{base62:14}}'),
    template('ord_{{base62:16}}'),
    template('{{digits:18}}'),
  ],
  trace: [
    template('00-{{hex:32}}-{{hex:16}}-01'),
    template('Root=1-{{hex:8}}-{{hex:24}};Parent={{hex:16}};Sampled=1'),
    template('{{hex:16}}-FRA'),
    template('W/"{{hex:32}}"'),
    template('{{hex:32}}:{{hex:16}}:0:1'),
    (dice) => uuid(dice),
  ],
}

export const id = (dice: Dice, of: keyof typeof IDS): string => dice.pick(IDS[of]!)(dice)

/** As LangGraph makes them: time-ordered, version 6. */
export const checkpointId = (dice: Dice): string => `1f0${uuid(dice, 6).slice(3)}`

export const timestamp = (dice: Dice): string => new Date(1.72e12 + dice.random() * 6e10).toISOString()
