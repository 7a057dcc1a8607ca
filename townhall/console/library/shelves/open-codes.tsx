import { Button, Text } from '@mantine/core'
import type { ShelfCodes } from '../../../../contract/library/shelf-desk.ts'
import { number } from '../../ui/dates.ts'
import { Card } from '../../ui/page.tsx'
import { decideOpenCodes, type OpenCode } from './decide-open-codes.ts'
import type { Draft } from './draft.ts'

type Props = {
  codes: ShelfCodes | null
  draft: Draft
  may: boolean
  onDraw(open: OpenCode): void
  onChoose(key: string): void
}

/** What visitors look for and no plan shows yet. */
export function OpenCodes({ codes, draft, may, onDraw, onChoose }: Props) {
  const open = decideOpenCodes(codes?.codes ?? [], draft)
  return (
    <Card title={`まだ図にない棚${open.length > 0 ? `（${number(open.length)}）` : ''}`}>
      {open.length === 0 ? (
        <Text size="sm">
          {codes?.counted === false
            ? '蔵書の棚を数えています…'
            : codes?.of === null
              ? '蔵書がないので、わかりません。'
              : '蔵書の棚は、すべて図にあります。'}
        </Text>
      ) : (
        <ul className="open-codes">
          {open.map((one) => (
            <li key={one.shelf?.key ?? one.code}>
              <span>
                <Text span fw={600}>
                  {one.shelf?.name.ja || one.code}
                </Text>{' '}
                <Text span size="xs" c="dimmed">
                  {one.shelf !== null && one.shelf.name.ja !== one.code ? `${one.code}　` : ''}
                  {one.titles === null ? '本がありません' : `${number(one.titles)} タイトル`}
                </Text>
              </span>
              {may ? (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`${one.shelf?.name.ja || one.code}を図に置く`}
                  onClick={() => onDraw(one)}
                >
                  図に置く
                </Button>
              ) : (
                one.shelf && (
                  <Button size="compact-sm" variant="subtle" onClick={() => one.shelf && onChoose(one.shelf.key)}>
                    見る
                  </Button>
                )
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
