/** `what`: `turns`, or the reason of a refusal; `day`: `YYYY-MM-DD` in Asia/Tokyo. */
export type InternetCountTable = { kiosk_no: number; day: string; what: string; times: number }
