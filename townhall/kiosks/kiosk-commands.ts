import { parseArgs } from 'node:util'
import { type Command, usageError } from '../command.ts'
import { kioskSummaries } from './console-routes.ts'
import { findFacility } from './facilities.ts'

export const enrolCommand: Command = {
  name: 'enrol',
  usage: 'enrol --facility NAME [--data DIR]',
  async run(args, io) {
    const { values } = parseArgs({ args, options: { facility: { type: 'string' }, data: { type: 'string' } } })
    const hub = await io.openHub(values.data)
    const names = hub.facilities.map((facility) => `${facility.name}（${facility.id}）`).join('、')
    if (!values.facility) throw usageError(`--facility is missing. One of: ${names}`)
    const facility = findFacility(hub.facilities, values.facility)
    if (!facility) throw usageError(`「${values.facility}」という施設は kiosk-config にありません。 One of: ${names}`)
    const { code, expiresAtMs } = await hub.enrolment.createCode(facility, 'command line')
    const until = new Intl.DateTimeFormat('ja-JP', { timeStyle: 'short', timeZone: 'Asia/Tokyo' }).format(expiresAtMs)
    io.say(code)
    io.say(`${facility.name} の端末で、15分以内（${until} まで）に一度だけ使えます。`)
    return 0
  },
}

export const kiosksCommand: Command = {
  name: 'kiosks',
  usage: 'kiosks [--json] [--data DIR]',
  async run(args, io) {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean' }, data: { type: 'string' } } })
    const hub = await io.openHub(values.data)
    const kiosks = await kioskSummaries({ context: hub.context, kiosks: hub.kiosks, usage: hub.usage })
    if (values.json) {
      io.say(JSON.stringify(kiosks, null, 2))
      return 0
    }
    if (kiosks.length === 0) io.say('登録された端末はまだありません。 npm run town -- enrol --facility 施設名')
    for (const kiosk of kiosks) {
      const heard =
        kiosk.lastHeardAtMs === null
          ? 'まだ連絡なし'
          : new Date(kiosk.lastHeardAtMs).toLocaleString('ja-JP', { timeZone: 'Asia/Tokyo' })
      const missing = kiosk.sequence.missing.map((range) => `${range.from}–${range.to}`).join(', ')
      const state = kiosk.state === 'revoked' ? '停止' : kiosk.silent ? '連絡なし' : '稼働中'
      io.say(
        [
          kiosk.id,
          kiosk.name,
          state,
          heard,
          `番号 ${kiosk.sequence.acknowledgedThrough} まで`,
          missing === '' ? '欠番なし' : `欠番 ${missing}`,
        ].join('\t'),
      )
    }
    return 0
  },
}

export const revokeCommand: Command = {
  name: 'revoke',
  usage: 'revoke --kiosk ID [--data DIR]',
  async run(args, io) {
    const { values } = parseArgs({ args, options: { kiosk: { type: 'string' }, data: { type: 'string' } } })
    if (!values.kiosk) throw usageError('--kiosk is missing; `town kiosks` lists them')
    const hub = await io.openHub(values.data)
    if (!(await hub.kiosks.byId(values.kiosk))) throw usageError(`「${values.kiosk}」という端末はありません。`)
    const done = await hub.kiosks.revoke(values.kiosk, hub.context.clock.nowMs())
    if (done) await hub.context.audit({ actor: 'command line', act: 'kiosk-revoked', subject: values.kiosk })
    io.say(done ? `${values.kiosk} を停止しました。` : `${values.kiosk} はすでに停止しています。`)
    return 0
  },
}
