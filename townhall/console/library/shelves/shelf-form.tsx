import { Alert, Autocomplete, Button, Collapse, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ShelfCodes, ShelfDesk } from '../../../../contract/library/shelf-desk.ts'
import type { Language } from '../../../../contract/localized-text.ts'
import { number } from '../../ui/dates.ts'
import { Card } from '../../ui/page.tsx'
import { type DraftShelf, decideFault, unplaced } from './draft.ts'
import { PlaceFields } from './place-fields.tsx'
import type { ShelfDraft } from './use-shelf-draft.ts'

const otherLanguages: [Language, string][] = [
  ['zh-Hans', '名前（中国語・簡体字）'],
  ['zh-Hant', '名前（中国語・繁体字）'],
  ['ko', '名前（韓国語）'],
  ['vi', '名前（ベトナム語）'],
]

type Props = {
  draft: ShelfDraft
  shelf: DraftShelf
  plan: ShelfDesk['plans'][number] | null
  codes: ShelfCodes | null
  may: boolean
  byCorner: boolean
  onByCorner(on: boolean): void
}

/** All that is known of the chosen shelf, in words and numbers: whoever cannot drag can do everything here. */
export function ShelfForm({ draft, shelf, plan, codes, may, byCorner, onByCorner }: Props) {
  const [open, more] = useDisclosure(false)
  const fault = decideFault(shelf, draft.shelves)
  const name = (language: Language, text: string) =>
    draft.edit(shelf.key, (one) => ({ ...one, name: { ...one.name, [language]: text } }), `${language} ${shelf.key}`)
  const taken = new Set(draft.shelves.filter(({ key }) => key !== shelf.key).map(({ id }) => id))
  const titles = new Map(codes?.codes.map(({ code, titles: many }) => [code, many]))
  const free = (codes?.codes ?? []).filter(({ code }) => !taken.has(code)).map(({ code }) => code)
  const drawn = shelf.outline.length > 0
  return (
    <Card title="えらんだ棚">
      <Stack gap="sm">
        <Autocomplete
          label="棚コード（蔵書の「保管場所」）"
          description={titlesInWords(codes, titles.get(shelf.id.trim()))}
          data={free}
          limit={60}
          comboboxProps={{ withinPortal: true }}
          maxDropdownHeight={260}
          renderOption={({ option }) => (
            <Group justify="space-between" w="100%" wrap="nowrap">
              <span>{option.value}</span>
              <Text span size="xs" c="dimmed">
                {number(titles.get(option.value) ?? 0)} タイトル
              </Text>
            </Group>
          )}
          value={shelf.id}
          // Under another code it would be another shelf, and the GeoJSON's would still be there.
          readOnly={!may || shelf.given !== null}
          onChange={(id) =>
            draft.edit(
              shelf.key,
              (one) => ({ ...one, id, name: one.name.ja === one.id ? { ...one.name, ja: id } : one.name }),
              `code ${shelf.key}`,
            )
          }
        />
        <TextInput
          label="名前（日本語）"
          required
          value={shelf.name.ja}
          readOnly={!may}
          onChange={(event) => name('ja', event.currentTarget.value)}
        />
        <TextInput
          label="名前（英語）"
          value={shelf.name.en ?? ''}
          readOnly={!may}
          onChange={(event) => name('en', event.currentTarget.value)}
        />
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={more.toggle}
          aria-expanded={open}
          style={{ alignSelf: 'start' }}
        >
          {open ? 'ほかの言葉の名前を閉じる' : 'ほかの言葉の名前'}
        </Button>
        <Collapse expanded={open}>
          <Stack gap="sm">
            {otherLanguages.map(([language, label]) => (
              <TextInput
                key={language}
                label={label}
                lang={language}
                value={shelf.name[language] ?? ''}
                readOnly={!may}
                onChange={(event) => name(language, event.currentTarget.value)}
              />
            ))}
          </Stack>
        </Collapse>
        {fault !== null && (
          <Text size="sm" c="red.9" role="alert">
            {fault}
          </Text>
        )}
        {drawn && plan && <PlaceFields key={shelf.key} draft={draft} shelf={shelf} plan={plan} may={may} />}
        {shelf.from !== 'table' && plan && (
          <Alert variant="light" color="blue" p="xs">
            <Text size="xs">
              {shelf.from === 'drawing'
                ? `この棚は ${plan.file} に描かれています。ここで変えると shelves.csv に書かれ、そちらが使われます。`
                : `この棚は ${plan.file} にも描かれています。shelves.csv に書いたことが使われます。`}
            </Text>
          </Alert>
        )}
        {may && drawn && (
          <Switch
            label="角をひとつずつ動かす"
            description={
              byCorner ? '辺のまん中の小さな○で角がふえ、角を2回続けて押すとへります。' : '四角でない棚にするとき'
            }
            checked={byCorner}
            onChange={(event) => onByCorner(event.currentTarget.checked)}
          />
        )}
        {may && <Acts draft={draft} shelf={shelf} drawn={drawn} />}
      </Stack>
    </Card>
  )
}

function Acts({ draft, shelf, drawn }: { draft: ShelfDraft; shelf: DraftShelf; drawn: boolean }) {
  if (shelf.from === 'drawing') return null
  return (
    <Group gap="xs">
      {drawn && shelf.given === null && (
        <Button variant="default" size="xs" onClick={() => draft.edit(shelf.key, unplaced)}>
          図から外す（名前は残す）
        </Button>
      )}
      <Button variant="outline" color="#a90000" size="xs" onClick={() => draft.remove(shelf.key)}>
        {shelf.given === null ? 'この棚を消す' : 'GeoJSON のとおりにもどす'}
      </Button>
    </Group>
  )
}

function titlesInWords(codes: ShelfCodes | null, titles: number | undefined): string {
  if (codes === null || !codes.counted) return '蔵書の棚を数えています…'
  if (codes.of === null) return '蔵書がないので、棚コードの候補は出ません。'
  return titles === undefined
    ? '蔵書に、この棚コードの本はありません。'
    : `この棚の本は ${number(titles)} タイトルです。`
}
