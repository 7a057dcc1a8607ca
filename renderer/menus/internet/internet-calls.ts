import type { Language } from '../../../contract/localized-text.ts'
import type { InternetAct, InternetPlace, InternetTarget } from '../../../contract/menus/internet.ts'

/** What the menu asks of the kiosk; answers come as states. */
export type InternetCalls = {
  begin(beginning: { visitId: string; to: InternetTarget; place: InternetPlace; language: Language }): void
  act(act: InternetAct): void
}
