import { z } from 'zod'
import type { createSettings } from '../settings-repository.ts'

const dailySchema = z.object({
  /** Of the day in Tokyo, `03:30`. */
  time: z.string(),
  from: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('oai'),
      address: z.string(),
      source: z.string(),
      prefix: z.string(),
      set: z.string().optional(),
    }),
    z.object({
      kind: z.literal('sru'),
      address: z.string(),
      source: z.string(),
      query: z.string(),
      schema: z.string(),
    }),
  ]),
})
const planSchema = z.object({
  /** Folder into which the library's system drops its list. */
  watch: z
    .object({ folder: z.string(), source: z.string(), part: z.boolean(), column: z.array(z.string()) })
    .nullable(),
  /** One for each source. */
  daily: z.array(dailySchema),
})
/** How the catalogue comes by itself. */
export type CataloguePlan = z.infer<typeof planSchema>

const planSetting = 'library-plan'
const marksSetting = 'library-plan-marks'

const marksSchema = z.object({
  /** Files of the folder that were read, by name: how long and of when. */
  seen: z.record(z.string(), z.string()),
  /** By source: the day of the last harvest. */
  harvested: z.record(z.string(), z.string()),
  /** By source: for which day one was begun, and for the how manieth time; gone when it has ended. */
  harvesting: z.record(z.string(), z.object({ day: z.string(), tries: z.number().int() })).default({}),
})
/** How far the plan has come; kept, so that a start anew repeats nothing. */
export type PlanMarks = z.infer<typeof marksSchema>

export function planStore(settings: Pick<ReturnType<typeof createSettings>, 'read' | 'write'>) {
  const read = async <T>(name: string, schema: z.ZodType<T>, none: T): Promise<T> => {
    const text = await settings.read(name)
    return text === null ? none : schema.parse(JSON.parse(text))
  }
  return {
    plan: () => read(planSetting, planSchema, { watch: null, daily: [] }),
    keepPlan: (plan: CataloguePlan) => settings.write(planSetting, JSON.stringify(plan)),
    marks: () => read(marksSetting, marksSchema, { seen: {}, harvested: {}, harvesting: {} }),
    keepMarks: (marks: PlanMarks) => settings.write(marksSetting, JSON.stringify(marks)),
  }
}
