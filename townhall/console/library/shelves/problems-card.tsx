import type { ShelfDesk } from '../../../../contract/library/shelf-desk.ts'
import { Card } from '../../ui/page.tsx'
import { NoticesTable } from '../notices-table.tsx'

/** What could not be read of the folder or of a file that was handed in, each with its place and its reason. */
export function ProblemsCard({ title, problems }: { title: string; problems: ShelfDesk['problems'] }) {
  if (problems.length === 0) return null
  return (
    <Card title={title}>
      <NoticesTable notices={problems} />
    </Card>
  )
}
