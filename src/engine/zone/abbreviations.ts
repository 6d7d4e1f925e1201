/**
 * Minutes east of UTC by abbreviation, for those that name one offset only: PostgreSQL's default set
 * (timezonesets/Default) without those that the time zone database gives to places with other clocks. IST (India, Israel,
 * Ireland), CST (America, China, Cuba), CDT (America, Cuba), BST (Britain, Bangladesh), PST (America, Philippines) and
 * their like are left out on purpose: they are asked for.
 */
export const plainAbbreviations: ReadonlyMap<string, number> = new Map([
  ...(['UTC', 'GMT', 'Z', 'UCT', 'WET'] as const).map((name) => [name, 0] as const),
  ...(['CET', 'MEZ', 'WEST', 'WAT'] as const).map((name) => [name, 60] as const),
  ...(['CEST', 'MESZ', 'EET', 'SAST', 'CAT'] as const).map((name) => [name, 120] as const),
  ...(['EEST', 'EAT', 'TRT'] as const).map((name) => [name, 180] as const),
  ...(['MSD', 'SAMT', 'AZT'] as const).map((name) => [name, 240] as const),
  ...(['PKT', 'UZT'] as const).map((name) => [name, 300] as const),
  ['NPT', 345],
  ['WIB', 420],
  ...(['HKT', 'SGT', 'AWST', 'WITA', 'PHT'] as const).map((name) => [name, 480] as const),
  ...(['JST', 'KST', 'WIT'] as const).map((name) => [name, 540] as const),
  ['ACST', 570],
  ['AEST', 600],
  ['ACDT', 630],
  ['AEDT', 660],
  ['NZST', 720],
  ['NZDT', 780],
  ['BRT', -180],
  ['ART', -180],
  ['NST', -210],
  ['NDT', -150],
  ['ADT', -180],
  ...(['EDT', 'CLT'] as const).map((name) => [name, -240] as const),
  ...(['EST', 'PET', 'COT'] as const).map((name) => [name, -300] as const),
  ['MDT', -360],
  ...(['PDT'] as const).map((name) => [name, -420] as const),
  ...(['AKDT'] as const).map((name) => [name, -480] as const),
  ['AKST', -540],
  ['HST', -600],
])

/** Those whose offset the law moved from 2011 to 2014 (in some places later again): read by the clocks of their city. */
export const citiesByAbbreviation: ReadonlyMap<string, string> = new Map([
  ['MSK', 'Europe/Moscow'],
  ['YEKT', 'Asia/Yekaterinburg'],
  ['OMST', 'Asia/Omsk'],
  ['NOVT', 'Asia/Novosibirsk'],
  ['KRAT', 'Asia/Krasnoyarsk'],
  ['IRKT', 'Asia/Irkutsk'],
  ['YAKT', 'Asia/Yakutsk'],
  ['VLAT', 'Asia/Vladivostok'],
])

/** What those that are asked for may mean, the most frequent in logs first: a zone of the database and its place. */
export const readingsByAbbreviation: ReadonlyMap<string, readonly { readonly zone: string; readonly place: string }[]> =
  new Map(
    Object.entries({
      ADT: 'America/Halifax=Atlantic Canada',
      ALMT: 'Asia/Almaty=Almaty',
      AMT: 'America/Manaus=Amazon|Asia/Yerevan=Armenia',
      AST: 'America/Halifax=Atlantic Canada|Asia/Riyadh=Arabia|America/Puerto_Rico=Caribbean',
      BRST: 'America/Sao_Paulo=Brazil, summer',
      BST: 'Europe/London=Britain, summer|Asia/Dhaka=Bangladesh|Pacific/Bougainville=Bougainville',
      CDT: 'America/Chicago=North America, central|America/Havana=Cuba',
      CLST: 'America/Santiago=Chile, summer',
      CST: 'America/Chicago=North America, central|Asia/Shanghai=China|America/Havana=Cuba',
      ECT: 'America/Guayaquil=Ecuador|America/Puerto_Rico=Eastern Caribbean',
      GET: 'Asia/Tbilisi=Georgia',
      GST: 'Asia/Dubai=Gulf|Atlantic/South_Georgia=South Georgia',
      ICT: 'Asia/Bangkok=Indochina',
      IDT: 'Asia/Jerusalem=Israel, summer',
      IRST: 'Asia/Tehran=Iran',
      IST: 'Asia/Kolkata=India|Europe/Dublin=Ireland, summer|Asia/Jerusalem=Israel',
      MST: 'America/Denver=North America, mountain|America/Phoenix=Arizona|Asia/Kuala_Lumpur=Malaysia',
      PST: 'America/Los_Angeles=North America, Pacific|Asia/Manila=Philippines',
      SST: 'Pacific/Pago_Pago=Samoa|Asia/Singapore=Singapore',
      UYT: 'America/Montevideo=Uruguay',
      VET: 'America/Caracas=Venezuela',
      WST: 'Australia/Perth=Western Australia|Pacific/Apia=Western Samoa',
    }).map(([name, text]) => [
      name,
      text.split('|').map((reading) => {
        const [zone = '', place = ''] = reading.split('=')
        return { zone, place }
      }),
    ]),
  )
