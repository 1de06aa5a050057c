import type { Macro, MacroActions, NameView } from '@/api/generated/types.gen'

export const STATUSES = [
  'OPEN',
  'IN_PROGRESS',
  'WAITING_ON_CUSTOMER',
  'WAITING_ON_THIRD_PARTY',
  'RESOLVED',
  'CLOSED',
  'CANCELLED',
] as const
export const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const

/** A macro's actions as its form holds them; empty is left as it is. */
export interface ActionsForm {
  status: '' | (typeof STATUSES)[number]
  priority: '' | (typeof PRIORITIES)[number]
  teamId: string
  assignee: '' | 'ME' | 'NOBODY' | 'PERSON'
  person: NameView | null
  addTags: string
  removeTags: string
  due: '' | 'SET' | 'REMOVE'
  dueHours: string
  message: '' | 'REPLY' | 'NOTE'
  text: string
}

const DUE_HOURS = '24'

export function formOf(macro: Pick<Macro, 'actions' | 'assignee'> | null): ActionsForm {
  const actions = macro?.actions ?? {}
  const hours = actions.dueDate?.inHours
  return {
    status: actions.status ?? '',
    priority: actions.priority ?? '',
    teamId: actions.teamId ?? '',
    assignee: actions.assignee?.to ?? '',
    person: macro?.assignee ?? null,
    addTags: actions.addTags?.join(', ') ?? '',
    removeTags: actions.removeTags?.join(', ') ?? '',
    due: actions.dueDate ? (hours === undefined ? 'REMOVE' : 'SET') : '',
    dueHours: hours === undefined ? DUE_HOURS : String(hours),
    message: actions.message?.kind ?? '',
    text: actions.message?.text ?? '',
  }
}

export function actionsOf(form: ActionsForm): MacroActions {
  const { status, priority, teamId, assignee, person, due, dueHours, message, text } = form
  const addTags = tagsIn(form.addTags)
  const removeTags = tagsIn(form.removeTags)
  return {
    status: status || undefined,
    priority: priority || undefined,
    teamId: teamId || undefined,
    assignee: assignee
      ? { to: assignee, personId: assignee === 'PERSON' ? person?.id : undefined }
      : undefined,
    addTags: addTags.length > 0 ? addTags : undefined,
    removeTags: removeTags.length > 0 ? removeTags : undefined,
    dueDate: due ? { inHours: due === 'SET' ? Number(dueHours) : undefined } : undefined,
    message: message ? { kind: message, text } : undefined,
  }
}

const tagsIn = (text: string) =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
