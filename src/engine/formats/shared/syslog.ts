/** Takes off the header that syslog puts before a line: RFC 3164 (with an old or an RFC 3339 time) and RFC 5424. */

export interface SyslogLine {
  readonly host: string
  readonly program: string
  /** Process id as the header states it. */
  readonly pid: string | undefined
  /** RFC 3339 text; the old header's time has no year and is left out. */
  readonly time: string | undefined
  readonly message: string
}

const MAX_HEADER = 1_000

/** `<134>Nov 24 08:15:54 db1 postgres[77]: …`; the priority is often missing in files. */
const bsd =
  /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d))) (\S{1,255}) ([^\s:[\]]{1,128})(?:\[(\d{1,10})\])?:(?: |$)/

/** `<134>1 2026-11-24T08:15:54Z db1 postgres 77 - - …`; structured data may follow the message id. */
const ietf =
  /^<\d{1,3}>[1-9]\d{0,2} (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)|-) (\S{1,255}) (\S{1,128}) (\S{1,128}) \S{1,128} (-|(?:\[[^\]]{0,500}\]){1,10}) ?(?:\uFEFF)?/

export function syslogLine(line: string): SyslogLine | undefined {
  const head = line.slice(0, MAX_HEADER)
  const modern = ietf.exec(head)
  if (modern !== null) {
    const [all, time, host = '', program = '', pid] = modern
    return {
      host,
      program,
      pid: pid === undefined || !/^\d{1,10}$/.test(pid) ? undefined : pid,
      time: time === '-' ? undefined : time,
      message: line.slice(all.length),
    }
  }
  const old = bsd.exec(head)
  if (old === null) return undefined
  const [all, time, host = '', program = '', pid] = old
  return { host, program, pid, time, message: line.slice(all.length) }
}
