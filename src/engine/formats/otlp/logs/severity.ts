/** Severity numbers of OpenTelemetry (logs.proto, SeverityNumber): six names with four steps each. */
const names = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']

/** 1 is `TRACE`, 9 `INFO`, 10 `INFO2`; undefined for 0 (unspecified) and for what is no severity. */
export function severityName(number: number): string | undefined {
  if (!Number.isInteger(number) || number < 1 || number > 24) return undefined
  const step = (number - 1) % 4
  return `${names[Math.floor((number - 1) / 4)]}${step === 0 ? '' : step + 1}`
}

/** A number, its digits, or the name of the enum (`SEVERITY_NUMBER_INFO2`); 0 where it is none of them. */
export function severityNumber(value: unknown): number {
  if (typeof value === 'number') return severityName(value) === undefined ? 0 : value
  if (typeof value !== 'string') return 0
  if (/^\d{1,2}$/.test(value)) return severityNumber(Number(value))
  const match = /^(?:SEVERITY_NUMBER_)?(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)([1-4]?)$/.exec(value)
  return match === null ? 0 : names.indexOf(match[1] ?? '') * 4 + Number(match[2] || 1)
}
