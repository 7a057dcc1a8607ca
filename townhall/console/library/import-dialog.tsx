import { Button, Checkbox, FileInput, Modal, Radio, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Failure } from '../ui/page.tsx'
import { useSubmit } from '../ui/submit.ts'
import { tellDone } from '../ui/tell.ts'
import { ColumnMap } from './column-map.tsx'
import { sendCatalogue } from './send-file.ts'
import { useListColumns } from './use-list-columns.ts'

export function ImportDialog(props: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title="蔵書の一覧を渡す"
      size={880}
      centered
      closeButtonProps={{ 'aria-label': '閉じる' }}
    >
      <ImportForm onDone={props.onClose} />
    </Modal>
  )
}

function ImportForm({ onDone }: { onDone: () => void }) {
  const queries = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [manner, setManner] = useState('whole')
  const [really, setReally] = useState(false)
  const columns = useListColumns(file)
  // Whoever closes the dialog, or leaves the page, while the file is on its way does not hand it in.
  const left = useRef(new AbortController())
  useEffect(() => {
    left.current = new AbortController()
    return () => left.current.abort()
  }, [])
  const form = useSubmit(async () => {
    if (file === null) return
    await columns.keep()
    await sendCatalogue(file, { part: manner === 'part', really: manner === 'whole' && really }, left.current.signal)
    await queries.invalidateQueries({ queryKey: ['library'] })
    tellDone('ファイルを受け取りました。読み終わると、このページに結果が出ます。')
    onDone()
  })
  return (
    <form onSubmit={form.submit}>
      <Stack>
        <FileInput
          label="ファイル"
          description="図書館システムが書き出した CSV、MARC、MARCXML など"
          placeholder="ファイルを選ぶ"
          accept=".csv,.tsv,.txt,.mrc,.marc,.iso,.xml"
          clearable
          value={file}
          onChange={setFile}
        />
        {columns.error !== null && <Failure error={columns.error} />}
        <ColumnMap key={`${file?.name} ${file?.lastModified}`} columns={columns} />
        {/* Where it is seen from the button, however long the list of columns is. */}
        {form.error !== null && <Failure error={form.error} />}
        <Radio.Group label="一覧の種類" value={manner} onChange={setManner}>
          <Stack gap={6} mt={4}>
            <Radio value="whole" label="全部の一覧：前の一覧にあって、今回ないものは除きます" />
            <Radio value="part" label="変わったものだけの一覧：ほかの本はそのままにします" />
          </Stack>
        </Radio.Group>
        {manner === 'whole' && (
          <Checkbox
            label="5分の1より多く減っても受け取る"
            description="ふだんは付けません。一覧が途中で切れていたときに、本が消えるのを防ぎます。"
            checked={really}
            onChange={(event) => setReally(event.currentTarget.checked)}
          />
        )}
        <Text size="sm" c="dimmed">
          受け取れない行があっても、ほかの行は受け取ります。端末に届くのは、次に公開したときです。
        </Text>
        <Button type="submit" loading={form.busy} disabled={file === null || columns.reading}>
          渡す
        </Button>
      </Stack>
    </form>
  )
}
