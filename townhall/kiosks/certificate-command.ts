import { parseArgs } from 'node:util'
import { type Command, usageError } from '../command.ts'
import { fingerprintOf } from './certificate.ts'

export const certificateCommand: Command = {
  name: 'certificate',
  usage: 'certificate show|prepare|activate [--name HOST] [--data DIR]',
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { data: { type: 'string' }, name: { type: 'string', multiple: true } },
    })
    const hub = await io.openHub(values.data)
    const store = hub.certificates
    switch (positionals[0]) {
      case 'show': {
        const [current, next] = [store.current(), store.next()]
        io.say(
          current
            ? `いま使っている証明書: ${fingerprintOf(current.certPem)}`
            : '証明書はまだありません（最初に https で起動したときに作ります）。',
        )
        if (next) io.say(`つぎの証明書（準備ずみ）: ${fingerprintOf(next.certPem)}`)
        return 0
      }
      case 'prepare': {
        const made = await store.prepare(values.name ?? ['localhost'], hub.context.clock.nowMs())
        await hub.context.audit({
          actor: 'command line',
          act: 'certificate-prepared',
          subject: fingerprintOf(made.certPem),
        })
        io.say(`つぎの証明書を準備しました: ${fingerprintOf(made.certPem)}`)
        io.say('端末は1日に1回、これを受け取ります。すべての端末が受け取ってから activate してください。')
        return 0
      }
      case 'activate': {
        if (!store.activate())
          throw usageError('準備した証明書がありません。先に certificate prepare を実行してください。')
        await hub.context.audit({ actor: 'command line', act: 'certificate-activated', subject: 'hub' })
        io.say('切りかえました。ハブを再起動すると、新しい証明書を使います。')
        return 0
      }
      default:
        throw usageError('certificate takes show, prepare or activate')
    }
  },
}
