/** What a row can show besides the subject, from left to right. */
export const COLUMNS = [
  'number',
  'priority',
  'customer',
  'speaker',
  'team',
  'sla',
  'due',
  'status',
  'assignee',
  'created',
  'lastMessage',
  'age',
] as const
export type TicketColumn = (typeof COLUMNS)[number]

export const USUAL_COLUMNS: readonly TicketColumn[] = [
  'priority',
  'customer',
  'speaker',
  'sla',
  'due',
  'status',
  'assignee',
  'age',
]

type Track = TicketColumn | 'main'

const TRACKS: readonly Track[] = COLUMNS.flatMap((column): Track[] =>
  column === 'team' ? ['main', column] : [column],
)

const WIDTHS: Record<Track, string> = {
  number: '60px',
  priority: '16px',
  customer: 'minmax(140px, 260px)',
  speaker: '16px',
  main: 'minmax(0, 1fr)',
  team: '112px',
  sla: 'auto',
  due: 'auto',
  status: '148px',
  assignee: '24px',
  created: '72px',
  lastMessage: '44px',
  age: '44px',
}

const MEDIUM_WIDTHS: Record<Track, string> = {
  ...WIDTHS,
  customer: 'minmax(100px, 150px)',
  team: '72px',
  status: '16px',
  age: '40px',
}

/** Custom properties that lay out every row of a list; a list beside a conversation has a layout of its own. */
export function gridOf(columns: readonly TicketColumn[]): Record<`--${string}`, string> {
  const shown = TRACKS.filter((track) => track === 'main' || columns.includes(track))
  return {
    '--columns': shown.map((track) => WIDTHS[track]).join(' '),
    '--columns-medium': shown.map((track) => MEDIUM_WIDTHS[track]).join(' '),
    '--areas': `"${shown.join(' ')}"`,
  }
}

export function knownColumns(columns: readonly string[] | undefined): readonly TicketColumn[] | undefined {
  const known = COLUMNS.filter((column) => columns?.includes(column))
  return known.length > 0 ? known : undefined
}
