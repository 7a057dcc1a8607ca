import { parseArgs } from 'node:util'
import { type Command, usageError } from '../command.ts'

export const firstAdministratorCommand: Command = {
  name: 'first-administrator',
  usage: 'first-administrator [--public-url URL] [--data DIR]',
  async run(args, io) {
    const { values } = parseArgs({ args, options: { data: { type: 'string' }, 'public-url': { type: 'string' } } })
    const hub = await io.openHub(values.data)
    const link = await hub.staff.firstAdministratorLink()
    if (link === null)
      throw usageError('職員がすでに登録されています。パスワードを忘れた人には reset-password を使ってください。')
    io.say(withPublicUrl(link, hub.context.publicUrl, values['public-url']))
    io.say('24時間以内に、一度だけ使えます。')
    return 0
  },
}

export const resetPasswordCommand: Command = {
  name: 'reset-password',
  usage: 'reset-password --email ADDRESS [--without-second-factor] [--public-url URL] [--data DIR]',
  async run(args, io) {
    const { values } = parseArgs({
      args,
      options: {
        email: { type: 'string' },
        'without-second-factor': { type: 'boolean', default: false },
        data: { type: 'string' },
        'public-url': { type: 'string' },
      },
    })
    if (!values.email) throw usageError('--email is missing')
    const hub = await io.openHub(values.data)
    const link = await hub.staff.resetLink(values.email, values['without-second-factor'])
    if (link === null) throw usageError(`「${values.email}」という職員は登録されていません。`)
    io.say(withPublicUrl(link, hub.context.publicUrl, values['public-url']))
    io.say('24時間以内に、一度だけ使えます。使うと、その人のほかのサインインは終わります。')
    return 0
  },
}

function withPublicUrl(link: string, from: string, to: string | undefined): string {
  return to ? link.replace(from, to.replace(/\/$/, '')) : link
}
