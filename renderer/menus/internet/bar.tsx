import {
  mdiAccountClock,
  mdiArrowLeftBold,
  mdiArrowRightBold,
  mdiBookCheck,
  mdiClose,
  mdiHomeGroup,
  mdiKeyboard,
  mdiMagnifyMinusOutline,
  mdiMagnifyPlusOutline,
  mdiReload,
  mdiTimerOutline,
} from '@mdi/js'
import { useTranslation } from 'react-i18next'
import type { InternetAct, InternetState } from '../../../contract/menus/internet.ts'
import { Icon } from '../../ui/icon.tsx'
import { Touch } from '../../ui/touch.tsx'

type Props = {
  state: Extract<InternetState, { kind: 'open' }> | null
  keyboard: boolean
  onKeyboard(): void
  act(act: InternetAct): void
  /** At the library's page for reserving: not from the start page, but from a book. */
  reserving: boolean
  onBefore(): void
}

/** Back, forward, stop or again, the start page, size, keyboard, and how long the turn still is. */
export function Bar({ state, keyboard, onKeyboard, act, reserving, onBefore }: Props) {
  const { t } = useTranslation()
  const none = state === null
  return (
    <div className="browse-bar">
      <h1 className="unseen">{t('menu_internet')}</h1>
      <div className="browse-buttons">
        <BarButton
          name="web-back"
          icon={mdiArrowLeftBold}
          words={t('webBack')}
          disabled={!state?.canBack}
          onTouch={() => act({ act: 'back' })}
        />
        <BarButton
          name="web-forward"
          icon={mdiArrowRightBold}
          words={t('webForward')}
          disabled={!state?.canForward}
          onTouch={() => act({ act: 'forward' })}
        />
        {state?.loading ? (
          <BarButton name="web-stop" icon={mdiClose} words={t('webStop')} onTouch={() => act({ act: 'stop' })} />
        ) : (
          <BarButton
            name="web-reload"
            icon={mdiReload}
            words={t('webReload')}
            disabled={none}
            onTouch={() => act({ act: 'reload' })}
          />
        )}
        {reserving ? (
          <BarButton name="web-finish" icon={mdiBookCheck} words={t('webFinish')} onTouch={onBefore} />
        ) : (
          <BarButton name="web-start" icon={mdiHomeGroup} words={t('webStart')} onTouch={onBefore} />
        )}
        <BarButton
          name="web-smaller"
          icon={mdiMagnifyMinusOutline}
          words={t('webSmaller')}
          disabled={none || state.zoom <= 0.5}
          onTouch={() => act({ act: 'smaller' })}
        />
        <BarButton
          name="web-larger"
          icon={mdiMagnifyPlusOutline}
          words={t('webLarger')}
          disabled={none || state.zoom >= 3}
          onTouch={() => act({ act: 'larger' })}
        />
        <BarButton
          name="web-keyboard"
          icon={mdiKeyboard}
          words={t('webKeyboard')}
          disabled={none}
          pressed={keyboard}
          onTouch={onKeyboard}
        />
      </div>
      <div className="browse-line">
        <p className="browse-site">
          <span className="browse-host">{state?.site ?? ''}</span>
          {state && state.title !== '' && <span className="browse-title">{state.title}</span>}
        </p>
        {state && (
          <>
            <p className="browse-left" data-warning={state.turn.warning}>
              <Icon path={mdiTimerOutline} className="icon small" />
              <span>{t('webLeft', { time: minutes(state.turn.leftMs) })}</span>
            </p>
            <Touch
              name="web-waiting"
              className="chip browse-waiting"
              pressed={state.turn.waiting}
              disabled={state.turn.waiting}
              onTouch={() => act({ act: 'somebody-waits' })}
            >
              <Icon path={mdiAccountClock} className="icon small" />
              <span>{t(state.turn.waiting ? 'webSomebodyWaits' : 'webIWait')}</span>
            </Touch>
          </>
        )}
      </div>
    </div>
  )
}

function BarButton(props: {
  name: string
  icon: string
  words: string
  disabled?: boolean
  pressed?: boolean
  onTouch(): void
}) {
  const { name, icon, words, disabled, pressed, onTouch } = props
  return (
    <Touch
      name={name}
      className="bar-button"
      disabled={disabled ?? false}
      {...(pressed === undefined ? {} : { pressed })}
      onTouch={onTouch}
    >
      <Icon path={icon} />
      <span>{words}</span>
    </Touch>
  )
}

/** `9:05` */
export function minutes(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
