import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { reportFormatSchema, reportLayoutSchema, reportQuerySchema } from '../../contract/report.ts'
import { type Command, usageError } from '../command.ts'
import { exportReport } from './export-report.ts'

export const reportCommand: Command = {
  name: 'report',
  usage:
    'report --fiscal-year 2002 [--to 2003] [--by menu|month|kiosk] [--layout table|rows] --format csv|csv-cp932|xlsx|json [--out FILE]',
  async run(args, io) {
    const { values } = parseArgs({
      args,
      options: {
        'fiscal-year': { type: 'string' },
        to: { type: 'string' },
        by: { type: 'string', default: 'menu' },
        layout: { type: 'string', default: 'table' },
        format: { type: 'string', default: 'csv' },
        out: { type: 'string' },
        data: { type: 'string' },
      },
    })
    if (!values['fiscal-year']) throw usageError('--fiscal-year is missing')
    const query = reportQuerySchema.safeParse({
      fiscalYear: values['fiscal-year'],
      toFiscalYear: values.to,
      by: values.by,
    })
    if (!query.success)
      throw usageError(query.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
    const format = reportFormatSchema.safeParse(values.format)
    if (!format.success) throw usageError(`--format is csv, csv-cp932, xlsx or json, not "${values.format}"`)
    const layout = reportLayoutSchema.safeParse(values.layout)
    if (!layout.success) throw usageError(`--layout is table or rows, not "${values.layout}"`)

    const hub = await io.openHub(values.data)
    const report = await hub.reports.view(query.data)
    const file = await exportReport(report, format.data, layout.data)
    if (values.out) {
      writeFileSync(values.out, file.bytes)
      io.say(`${values.out}: ${report.grandTotal.toLocaleString('ja-JP')} 件`)
    } else {
      io.write(file.bytes)
    }
    // A file on standard output stays clean; what is to be known beside it goes to the other stream.
    for (const text of new Set(report.notes.map((note) => note.text))) io.warn(`注：${text}`)
    return 0
  },
}

/** Counts every row again and compares with the roll-up that the report reads. */
export const verifyCountsCommand: Command = {
  name: 'verify-counts',
  usage: 'verify-counts [--data DIR]',
  async run(args, io) {
    const { values } = parseArgs({ args, options: { data: { type: 'string' } } })
    const hub = await io.openHub(values.data)
    const rollup = new Map(
      (await hub.usage.monthlyCounts('0000-00', '9999-99')).map((row) => [
        `${row.kiosk_no}|${row.month}|${row.menu}`,
        row.accesses,
      ]),
    )
    const raw = new Map(
      (await hub.usage.recount()).map((row) => [`${row.kiosk_no}|${row.month}|${row.menu}`, Number(row.accesses)]),
    )
    const different = [...new Set([...rollup.keys(), ...raw.keys()])].filter((key) => rollup.get(key) !== raw.get(key))
    for (const key of different) io.warn(`${key}: roll-up ${rollup.get(key) ?? 0}, rows ${raw.get(key) ?? 0}`)
    io.say(
      different.length === 0
        ? `一致しています（${[...raw.values()].reduce((a, b) => a + b, 0).toLocaleString('ja-JP')} 件）。`
        : `${different.length} か所が違います。`,
    )
    return different.length === 0 ? 0 : 1
  },
}
