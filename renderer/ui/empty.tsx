import { Touch } from './touch.tsx'

/** Nothing here: a drawing, a sentence, and a way on. */
export function Empty({ sentence, way, onWay }: { sentence: string; way?: string; onWay?(): void }) {
  return (
    <div className="empty">
      <svg className="empty-drawing" viewBox="0 0 240 140" aria-hidden="true">
        <path d="M0 110 Q60 60 120 96 T240 84 V140 H0Z" className="empty-hill-far" />
        <path d="M0 124 Q80 88 150 116 T240 110 V140 H0Z" className="empty-hill" />
        <circle cx="186" cy="38" r="18" className="empty-sun" />
        <path
          d="M70 112v-30m0 0c-14 0-20-8-20-18 12 0 20 6 20 18Zm0-8c12 0 17-8 17-16-11 0-17 6-17 16Z"
          className="empty-sprout"
        />
      </svg>
      <p className="empty-sentence">{sentence}</p>
      {way && onWay && (
        <Touch name="empty-way" className="action" onTouch={onWay}>
          {way}
        </Touch>
      )}
    </div>
  )
}
