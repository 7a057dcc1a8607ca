import { implement } from '@orpc/server'
import { hubContract } from '../../../contract/hub-api.ts'
import type { HubContext, RequestContext } from '../../context.ts'
import { foreignFile } from '../../importers/decode-text.ts'
import { createSettings } from '../../settings-repository.ts'
import type { StaffGuard } from '../../staff/guard.ts'
import { choiceInWords, judgeChoice, keptColumns } from './kept-columns.ts'
import { listColumns } from './list-columns.ts'

type Parts = { context: Pick<HubContext, 'db' | 'audit'>; guard: StaffGuard }

/** Which column of a list holds what, for those who hand lists in. */
export function columnRoutes({ context, guard }: Parts) {
  const os = implement(hubContract.library).$context<RequestContext>()
  const kept = keptColumns(createSettings(context.db))
  return {
    readColumns: os.readColumns.handler(async ({ context: request, input, errors }) => {
      await guard.require(request, 'editor', 'administrator')
      const bytes = new Uint8Array(await input.file.arrayBuffer())
      const foreign = foreignFile(bytes)
      if (foreign !== null) throw errors.NOT_TAKEN({ message: foreign })
      return listColumns(bytes, await kept.all())
    }),
    keepColumns: os.keepColumns.handler(async ({ context: request, input, errors }) => {
      const staff = await guard.require(request, 'editor', 'administrator')
      const reason = judgeChoice(input)
      if (reason !== null) throw errors.NOT_TAKEN({ message: reason })
      await kept.keep(input)
      await context.audit({
        ...{ actor: staff.email, act: 'library-columns-set', subject: 'library' },
        detail: choiceInWords(input).slice(0, 1_000),
      })
      return {}
    }),
  }
}
