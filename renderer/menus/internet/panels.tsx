import { mdiHandBackRight, mdiHelpCircle, mdiLanDisconnect, mdiTimerSand } from '@mdi/js'
import { useTranslation } from 'react-i18next'
import type { InternetAct, InternetProblem, InternetQuestion, InternetState } from '../../../contract/menus/internet.ts'
import { Icon } from '../../ui/icon.tsx'
import { ScrollPane } from '../../ui/scroll-pane.tsx'
import { Touch } from '../../ui/touch.tsx'

type ProblemProps = {
  problem: InternetProblem
  canGoBack: boolean
  onBack(): void
  onAgain(): void
  /** At the library's page for reserving: a telephone is another way. */
  reserving: boolean
  onBefore(): void
  onElsewhere(): void
}

/** Why the page is not there, kindly, and the ways on. */
export function ProblemPanel(props: ProblemProps) {
  const { problem, canGoBack, reserving, onBack, onAgain, onBefore, onElsewhere } = props
  const { t } = useTranslation()
  const cut = problem.kind === 'line-cut'
  const title = t(
    { refused: 'webRefused', 'no-answer': 'webNoAnswer', 'line-cut': 'webCut', 'page-failed': 'webFailed' }[
      problem.kind
    ],
  )
  const cutBody = reserving ? 'reserveByPhone' : 'webCutBody'
  const body =
    problem.kind === 'refused'
      ? t(`refused_${problem.reason}`)
      : t({ 'no-answer': 'webNoAnswerBody', 'line-cut': cutBody, 'page-failed': 'webFailedBody' }[problem.kind])
  const byPhone = reserving && !cut && problem.kind !== 'refused'
  return (
    <div
      className="browse-panel"
      role="alertdialog"
      aria-labelledby="web-problem"
      data-name={`problem-${problem.kind}`}
    >
      <div className="browse-box">
        <Icon path={cut ? mdiLanDisconnect : mdiHandBackRight} className="icon browse-panel-icon" />
        <h2 id="web-problem">{title}</h2>
        <p>{body}</p>
        {byPhone && <p>{t('reserveByPhone')}</p>}
        <div className="browse-ways">
          {canGoBack && (
            <Touch name="problem-back" className="action action-main" onTouch={onBack}>
              {t('webPageBefore')}
            </Touch>
          )}
          {problem.kind !== 'refused' && (
            <Touch name="problem-again" className="action" onTouch={onAgain}>
              {t('webAgain')}
            </Touch>
          )}
          <Touch name="problem-start" className={`action ${canGoBack ? '' : 'action-main'}`} onTouch={onBefore}>
            {t(reserving ? 'webToBook' : 'internetStartPage')}
          </Touch>
          {cut && !reserving && (
            <Touch name="problem-elsewhere" className="action" onTouch={onElsewhere}>
              {t('internetElsewhere')}
            </Touch>
          )}
        </div>
      </div>
    </div>
  )
}

/** What a page asks, on our own screen and in its words, marked as such. */
export function QuestionPanel({ question, act }: { question: InternetQuestion; act(act: InternetAct): void }) {
  const { t } = useTranslation()
  if (question.kind === 'choose')
    return (
      <div className="browse-panel" role="alertdialog" aria-label={t('webChoose')} data-name="question-choose">
        <div className="browse-box browse-choose">
          <h2>{t('webChoose')}</h2>
          <ScrollPane className="browse-choices">
            {question.choices.map((choice, index) => (
              <Touch
                // biome-ignore lint/suspicious/noArrayIndexKey: a page may have the same words twice, and their place is what is answered
                key={index}
                name={`choose-${index}`}
                className="card browse-choice"
                pressed={choice.chosen}
                disabled={choice.disabled}
                onTouch={() => act({ act: 'choose', index })}
              >
                {choice.label}
              </Touch>
            ))}
          </ScrollPane>
          <Touch name="choose-none" className="action" onTouch={() => act({ act: 'answer', yes: false })}>
            {t('close')}
          </Touch>
        </div>
      </div>
    )
  return (
    <div
      className="browse-panel"
      role="alertdialog"
      aria-labelledby="web-question"
      data-name={`question-${question.kind}`}
    >
      <div className="browse-box">
        <Icon path={mdiHelpCircle} className="icon browse-panel-icon" />
        <h2 id="web-question">{t('webQuestion')}</h2>
        <p className="browse-quote">{question.text}</p>
        <div className="browse-ways">
          <Touch name="question-yes" className="action action-main" onTouch={() => act({ act: 'answer', yes: true })}>
            {t(question.kind === 'confirm' ? 'yes' : 'close')}
          </Touch>
          {question.kind === 'confirm' && (
            <Touch name="question-no" className="action" onTouch={() => act({ act: 'answer', yes: false })}>
              {t('no')}
            </Touch>
          )}
        </div>
      </div>
    </div>
  )
}

type Turn = Extract<InternetState, { kind: 'open' }>['turn']

/** The turn is nearly over: said in a band that leaves the page to be read to its end. */
export function TurnWarning({ turn, act }: { turn: Turn; act(act: InternetAct): void }) {
  const { t } = useTranslation()
  const seconds = Math.ceil(turn.leftMs / 1_000)
  return (
    <div className="turn-warning" role="alert" data-name="turn-warning">
      <Icon path={mdiTimerSand} className="icon" />
      <p>
        <strong>{t('webSoonOver', { seconds })}</strong>{' '}
        <span>{t(turn.canExtend ? 'webMayExtend' : turn.waiting ? 'webNextWaits' : 'webNoExtension')}</span>
      </p>
      {turn.canExtend && (
        <Touch name="web-extend" className="action action-main" onTouch={() => act({ act: 'extend' })}>
          {t('webExtend')}
        </Touch>
      )}
    </div>
  )
}
