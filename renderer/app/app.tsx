import { useCallback, useEffect, useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MenuId } from '../../contract/menu-ids.ts'
import { switchWords } from '../i18n/languages.ts'
import { preloadTakeHome } from '../menus/tourism/detail.tsx'
import { TourismMenu } from '../menus/tourism/tourism-menu.tsx'
import type { TourismPage } from '../menus/tourism/tourism-page.ts'
import { useDevice } from '../state/device-store.ts'
import type { KioskLine } from '../state/kiosk-line.ts'
import { useRelease } from '../state/release-store.ts'
import { useVisit } from '../state/visit-store.ts'
import { ChoiceSheet } from '../ui/choice-sheet.tsx'
import { Frame } from '../ui/frame.tsx'
import { decideStage } from '../ui/stage.ts'
import { AttractScreen } from './attract-screen.tsx'
import { ErrorGuard } from './error-guard.tsx'
import { HomeScreen } from './home-screen.tsx'
import { IdleWatch } from './idle-watch.tsx'

/** What is over by the hour and by the day leaves the lists by itself. */
const refreshMs = 300_000
const aliveMs = 2_000

export function App({ line }: { line: KioskLine }) {
  const visitId = useVisit((visit) => visit.visitId)
  const language = useVisit((visit) => visit.language)
  const contrast = useVisit((visit) => visit.contrast)
  const textSize = useVisit((visit) => visit.textSize)
  const stage = useStage()
  const end = useCallback(() => {
    useVisit.getState().end()
    window.getSelection()?.removeAllRanges()
  }, [])

  useEffect(() => void switchWords(language), [language])
  useEffect(() => {
    document.documentElement.dataset.contrast = contrast
    document.documentElement.dataset.text = textSize
  }, [contrast, textSize])
  useCameUp(line)
  useSignsOfLife(line)

  return (
    <ErrorGuard
      onFail={(message) => {
        line.failed(message)
        end()
      }}
    >
      <div className={`stage stage-${stage.layout} flow-${stage.flow}`} style={{ height: stage.heightPx }}>
        {visitId === null ? (
          <AttractScreen onBegin={() => useVisit.getState().begin()} />
        ) : (
          // A new visit is a new tree: nothing a former visitor left in it.
          <Frame key={visitId} flow={stage.flow} onEnd={end}>
            <Page line={line} visitId={visitId} />
          </Frame>
        )}
        {visitId !== null && <IdleWatch key={`idle-${visitId}`} onEnd={end} />}
      </div>
    </ErrorGuard>
  )
}

function Page({ line, visitId }: { line: KioskLine; visitId: string }) {
  const { t } = useTranslation()
  const { way, sheet, go, turn } = useVisit()
  const ready = useDevice((device) => device.state !== null)
  if (!ready) return <p className="notice">{t('preparing')}</p>
  if (sheet !== null) return <ChoiceSheet />
  const place = way.at(-1)
  if (!place) {
    const open = async (menu: MenuId, page: unknown) => {
      await line.record(visitId, menu)
      // The visit may have ended while the disk was slow.
      if (useVisit.getState().visitId === visitId) go({ menu, page })
    }
    return <HomeScreen onOpen={(menu, page) => void open(menu, page)} />
  }
  const menu = 'tourism'
  return (
    <TourismMenu
      key={way.length}
      page={place.page as TourismPage}
      go={(page) => go({ menu, page })}
      turn={(page) => turn(page)}
    />
  )
}

function useStage() {
  const screen = useDevice((device) => device.state?.config.screen) ?? null
  const textSize = useVisit((visit) => visit.textSize)
  const low = useVisit((visit) => visit.low)
  const [size, setSize] = useState({ widthPx: window.innerWidth, heightPx: window.innerHeight })
  useEffect(() => {
    const measure = () => setSize({ widthPx: window.innerWidth, heightPx: window.innerHeight })
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [])
  const stage = decideStage({ ...size, screen, textSize, low })
  useLayoutEffect(() => {
    document.documentElement.style.fontSize = `${stage.rootPx}px`
  }, [stage.rootPx])
  return stage
}

/** Tells the kiosk that a release's content is on the screen: after it was drawn, not when it came. */
function useCameUp(line: KioskLine) {
  const shown = useRelease((release) => release.tourism?.releaseNumber)
  const connected = useDevice((device) => device.connected)
  useEffect(() => {
    if (shown === undefined || !connected) return
    const frame = requestAnimationFrame(() => line.cameUp(shown))
    return () => cancelAnimationFrame(frame)
  }, [shown, connected, line])
}

function useSignsOfLife(line: KioskLine) {
  useEffect(() => {
    preloadTakeHome()
    let painted = true
    const alive = setInterval(() => {
      if (painted) line.alive(useVisit.getState().visitId !== null)
      painted = false
      requestAnimationFrame(() => {
        painted = true
      })
    }, aliveMs)
    const refresh = setInterval(() => line.refresh(), refreshMs)
    return () => {
      clearInterval(alive)
      clearInterval(refresh)
    }
  }, [line])
}
