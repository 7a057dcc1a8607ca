import { Alert, Button, Code, Modal, NativeSelect, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { hub } from '../api/hub.ts'
import { Failure } from '../ui/page.tsx'
import { useSubmit } from '../ui/submit.ts'

type Facility = { id: string; name: string; enrolled: boolean }
type MadeCode = { code: string; facilityId: string; expiresAtMs: number; leftMs: number }

/** Choose a facility, then a one-time code in large letters with the time that is left. */
export function EnrolDialog(props: { opened: boolean; onClose: () => void; facilities: Facility[] }) {
  const queries = useQueryClient()
  const [code, setCode] = useState<MadeCode | null>(null)
  function close() {
    setCode(null)
    props.onClose()
    void queries.invalidateQueries({ queryKey: ['kiosks'] })
  }
  return (
    <Modal
      opened={props.opened}
      onClose={close}
      title={code ? '端末に入れる番号' : '端末を登録する'}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': '閉じる' }}
    >
      {code ? (
        <ShownCode code={code} facilities={props.facilities} onClose={close} onAgain={() => setCode(null)} />
      ) : (
        <ChooseFacility facilities={props.facilities} onCode={setCode} />
      )}
    </Modal>
  )
}

function ChooseFacility(props: { facilities: Facility[]; onCode: (code: MadeCode) => void }) {
  const usual = props.facilities.find((facility) => !facility.enrolled) ?? props.facilities[0]
  const [chosen, setChosen] = useState<string | null>(null)
  const facilityId = chosen ?? usual?.id ?? ''
  const facility = props.facilities.find((one) => one.id === facilityId)
  const form = useSubmit(async () => {
    const made = await hub.kiosks.createCode({ facilityId })
    // The hub's clock and this machine's may differ; what counts is how long the code lasts.
    props.onCode({ ...made, leftMs: 15 * 60_000 })
  })
  return (
    <form onSubmit={form.submit}>
      <Stack>
        <NativeSelect
          label="どの施設の端末ですか"
          value={facilityId}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={props.facilities.map((one) => ({
            value: one.id,
            label: one.enrolled ? `${one.name}（登録ずみ）` : one.name,
          }))}
        />
        {facility?.enrolled && (
          <Alert color="yellow" variant="light" c="dark">
            この施設にはすでに端末があります。新しい端末が登録されたとき、今の端末の登録は取り消されます。集計には両方の分が入ります。
          </Alert>
        )}
        {form.error !== null && <Failure error={form.error} />}
        <Button type="submit" loading={form.busy} disabled={facilityId === ''}>
          登録の番号を作る
        </Button>
      </Stack>
    </form>
  )
}

function ShownCode(props: { code: MadeCode; facilities: Facility[]; onClose: () => void; onAgain: () => void }) {
  const left = useCountdown(props.code.leftMs)
  const name = props.facilities.find((one) => one.id === props.code.facilityId)?.name ?? props.code.facilityId
  if (left <= 0)
    return (
      <Stack>
        <Text>この番号の時間が切れました。新しい番号を作ってください。</Text>
        <Button onClick={props.onAgain}>新しい番号を作る</Button>
      </Stack>
    )
  return (
    <Stack gap="md">
      <Text ta="center">{name}</Text>
      <output className="code" aria-label={`登録の番号 ${props.code.code.split('').join(' ')}`}>
        {props.code.code}
      </output>
      <Text ta="center" fw={600} aria-live="off" style={{ fontVariantNumeric: 'tabular-nums' }}>
        あと {Math.floor(left / 60)}分{String(left % 60).padStart(2, '0')}秒
      </Text>
      <ol className="steps">
        <li>
          端末を置く人が、端末で次のように打ちます。番号の大文字・小文字、「-」のあるなしは、どちらでもかまいません。
          <Code block mt={4}>
            npm run kiosk -- --config kiosk-config/{props.code.facilityId}.json --hub {window.location.origin} --code{' '}
            {props.code.code}
          </Code>
        </li>
        <li>数字の0と1は、文字のO・I・Lとして入れても通じます。</li>
        <li>登録できると、端末の一覧に出ます。番号は一度だけ使えます。</li>
      </ol>
      <Button variant="default" onClick={props.onClose}>
        閉じる
      </Button>
    </Stack>
  )
}

/** Seconds that are left, counted on a clock that nobody sets. */
function useCountdown(leftMs: number): number {
  const [end] = useState(() => performance.now() + leftMs)
  const [left, setLeft] = useState(Math.ceil(leftMs / 1000))
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000))), 250)
    return () => clearInterval(timer)
  }, [end])
  return left
}
