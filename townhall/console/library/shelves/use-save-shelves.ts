import { ORPCError } from '@orpc/client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ShelfDesk } from '../../../../contract/library/shelf-desk.ts'
import { hub } from '../../api/hub.ts'
import { useSubmit } from '../../ui/submit.ts'
import { tellDone } from '../../ui/tell.ts'
import { decideMerge, type Merge } from './decide-merge.ts'
import { changeOf } from './draft.ts'
import type { ShelfDraft } from './use-shelf-draft.ts'

export const deskQuery = {
  queryKey: ['library', 'shelves'],
  queryFn: () => hub.library.shelves(),
  // What is being drawn must not be exchanged under the hand; conflicts are noticed when it is saved.
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
}

/** Saving, and what to do when another was first. */
export function useSaveShelves(draft: ShelfDraft) {
  const queries = useQueryClient()
  const [conflict, setConflict] = useState<{ desk: ShelfDesk; merge: Merge } | null>(null)
  /** Said beside the button: a notice over the page would lie on it when somebody saves often. */
  const [saved, setSaved] = useState(false)
  const fresh = () => queries.fetchQuery({ ...deskQuery, staleTime: 0 })
  const form = useSubmit(async () => {
    try {
      await hub.library.saveShelves({ revision: draft.base.revision, ...draft.change })
    } catch (error) {
      if (!(error instanceof ORPCError) || error.code !== 'CHANGED_MEANWHILE') throw error
      const desk = await fresh()
      // Somebody is just saving, and nothing has changed yet: said as it is.
      if (desk.revision === draft.base.revision) throw error
      const merge = decideMerge(draft.base.shelves, draft.shelves, desk.shelves)
      if (merge.theirs.length + merge.both.length > 0) {
        setConflict({ desk, merge })
        return
      }
      // Nobody else changed a shelf: what stands there is what we saved before, and only the answer was lost.
      const rest = changeOf(desk.shelves, draft.shelves)
      if (rest.put.length + rest.remove.length > 0) await hub.library.saveShelves({ revision: desk.revision, ...rest })
    }
    draft.saved(await fresh())
    setSaved(true)
  })
  return {
    busy: form.busy,
    saved,
    error: form.error,
    save: () => form.submit(),
    conflict,
    later: () => setConflict(null),
    keep(): void {
      if (conflict === null) return
      draft.merge(conflict.desk)
      setConflict(null)
      tellDone('ほかの人の変更を取りこみました。図を確かめて、もう一度「保存する」を押してください。')
    },
    drop(): void {
      if (conflict === null) return
      draft.startOver(conflict.desk)
      setConflict(null)
    },
  }
}
