import { z } from 'zod'

const timeSchema = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time is 08:45, and 24:00 the end of the day')
const dayOfYearSchema = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day of the year is 12-31')
const hoursSchema = z
  .array(
    z
      .strictObject({ from: timeSchema, to: timeSchema })
      .refine(({ from, to }) => from < to, 'opens before it closes; a night is two entries'),
  )
  .max(4)

/** When a facility is open, as on the notice at its door; all times and days are those of Japan. No hours: closed that day. */
export const openingSchema = z.strictObject({
  hours: z.strictObject({
    mon: hoursSchema,
    tue: hoursSchema,
    wed: hoursSchema,
    thu: hoursSchema,
    fri: hoursSchema,
    sat: hoursSchema,
    sun: hoursSchema,
  }),
  /** 国民の祝日・休日 */
  closedOnHolidays: z.boolean(),
  /** 年末年始: both days are closed; it may reach over the end of the year. */
  yearEnd: z.strictObject({ from: dayOfYearSchema, to: dayOfYearSchema }).nullable(),
  /** Other days without anybody: YYYY-MM-DD. */
  closedDays: z.array(z.iso.date()).max(400),
  /** From then on for an hour, once, when nobody is there: browser and kiosk process are begun anew. */
  restartAt: timeSchema,
})
export type Opening = z.infer<typeof openingSchema>
