import type { MenuId } from '../../../contract/menu-ids.ts'

export type Access = { accessId: string; visitId: string; menu: MenuId }
/** When this visit last opened this menu, by the uptime. */
export type LastOpening = { visitId: string; menu: MenuId; uptimeMs: number }

/** A second touch within one second is the same access (PRODUCT.md, "Words"). */
export const sameAccessMs = 1_000

/** Whether an access that was not seen before is a second touch of one that was. */
export function isSecondTouch(access: Access, uptimeMs: number, openings: readonly LastOpening[]): boolean {
  return openings.some(
    (opening) =>
      opening.visitId === access.visitId &&
      opening.menu === access.menu &&
      uptimeMs >= opening.uptimeMs &&
      uptimeMs - opening.uptimeMs < sameAccessMs,
  )
}
