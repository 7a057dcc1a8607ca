/** Eras by the day they began (Asia/Tokyo). */
const eras = [
  { name: '令和', from: '2019-05-01', firstYear: 2019 },
  { name: '平成', from: '1989-01-08', firstYear: 1989 },
  { name: '昭和', from: '1926-12-25', firstYear: 1926 },
] as const

/**
 * 令和8年度 for 2026. A fiscal year bears the era of its first day, with one exception that the national and
 * most local governments made: the year that began on 2019-04-01 is called 令和元年度, as it lay in 令和 from its second month on.
 */
export function fiscalYearJa(fiscalYear: number): string {
  const firstDay = fiscalYear === 2019 ? '2019-05-01' : `${fiscalYear}-04-01`
  const era = eras.find((one) => firstDay >= one.from) ?? eras[2]
  const year = fiscalYear - era.firstYear + 1
  return `${era.name}${year === 1 ? '元' : year}年度`
}
