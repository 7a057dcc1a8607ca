import { createSilence, silenceTickMs } from './silence.ts'

/** What was seen of the screen from outside it. */
export type Drawn = 'changing' | 'same' | 'nothing'

/** A screen as its host can feel its pulse. */
export type ScreenOrgans = {
  /** Resolves when the page's own thread answers; with whether the browser shows it larger or smaller than it is. */
  ping(): Promise<'well' | 'zoomed'>
  /** The processes that answer and draw. */
  pids(): readonly number[]
  /** Looks at the pixels until they change, for so long at most. */
  look(limitMs: number): Promise<Drawn>
}

type Options = {
  uptimeMs: () => number
  onHang: () => void
  onZoomed: () => void
  onFrozen: (drawn: 'same' | 'nothing') => void
  onDrawn: () => void
  /** Between two looks; tests are less patient. */
  lookEveryMs: number
}

/** The screen's mark changes every second (`renderer/app/pulse-mark.tsx`). */
const lookLimitMs = 3_000

/** Asks the page for an answer all the time, and for moving pixels now and then. It does not believe what the page says of itself. */
export function createScreenCare({ uptimeMs, onHang, onZoomed, onFrozen, onDrawn, lookEveryMs }: Options) {
  let stop: (() => void) | null = null
  let hurried = false

  function end(): void {
    stop?.()
    stop = null
  }

  return {
    end,
    lookNow(): void {
      hurried = true
    },
    /** `doubtful`: the pixels are looked at now, not some time later. */
    begin(organs: ScreenOrgans, doubtful: boolean): void {
      end()
      let over = false
      let asked = false
      let looking = false
      let lookedMs = uptimeMs()
      hurried = doubtful
      const silence = createSilence({ uptimeMs, pids: organs.pids })

      function ask(): void {
        asked = true
        organs.ping().then(
          (answer) => {
            asked = false
            silence.heard()
            if (answer === 'zoomed' && !over) onZoomed()
          },
          // It is gone, and whoever waits for its end will hear of it.
          () => undefined,
        )
      }

      async function look(): Promise<void> {
        looking = true
        hurried = false
        try {
          const first = await organs.look(lookLimitMs)
          // A machine that is busy may miss once.
          const drawn = first === 'changing' || over ? first : await organs.look(lookLimitMs)
          if (over) return
          if (drawn === 'changing') onDrawn()
          else onFrozen(drawn)
        } catch {
          // Gone meanwhile.
        }
        looking = false
        lookedMs = uptimeMs()
      }

      const timer = setInterval(() => {
        if (silence.tick() === 'hangs') {
          onHang()
          return
        }
        if (!asked) ask()
        if (!looking && (hurried || uptimeMs() - lookedMs >= lookEveryMs)) void look()
      }, silenceTickMs)
      stop = () => {
        over = true
        clearInterval(timer)
      }
      ask()
    },
  }
}
