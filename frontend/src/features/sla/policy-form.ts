import type { SlaEscalation, SlaPause, SlaPolicy, SlaRules } from '@/api/generated/types.gen'
import { parseHours, textOfMinutes } from './times-of-day'

export const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const
export const PAUSES = [
  'WAITING_ON_CUSTOMER',
  'WAITING_ON_THIRD_PARTY',
  'SNOOZED',
] as const satisfies readonly SlaPause[]
export const TARGETS = ['firstReply', 'nextReply', 'resolution'] as const

/** As it is written: times are texts until they are read. */
export interface PolicyForm {
  teamIds: readonly string[]
  organisationIds: readonly string[]
  priorities: SlaRules['priorities']
  firstReply: string
  nextReply: string
  resolution: string
  aroundTheClock: boolean
  pauses: readonly SlaPause[]
  warningPercent: string
  onWarning: SlaEscalation
  onBreach: SlaEscalation
}

const NOTHING: SlaEscalation = { notifyAssignee: false, notifyTeam: false, personIds: [] }

/** A new one begins with what most want. */
export function formOf(policy: SlaPolicy | null): PolicyForm {
  const rules = policy?.rules
  return {
    teamIds: rules?.teamIds ?? [],
    organisationIds: rules?.organisationIds ?? [],
    priorities: rules?.priorities ?? [],
    firstReply: rules ? textOfMinutes(rules.firstReplyMinutes) : '4',
    nextReply: textOfMinutes(rules?.nextReplyMinutes),
    resolution: textOfMinutes(rules?.resolutionMinutes),
    aroundTheClock: rules?.aroundTheClock ?? false,
    pauses: rules?.pauses ?? ['WAITING_ON_CUSTOMER', 'SNOOZED'],
    warningPercent: String(rules?.warningPercent ?? 75),
    onWarning: rules?.onWarning ?? { ...NOTHING, notifyAssignee: true },
    onBreach: rules?.onBreach ?? { ...NOTHING, notifyAssignee: true, notifyTeam: true },
  }
}

/** `undefined` while a time is none, or nothing is promised. */
export function rulesOf(form: PolicyForm): SlaRules | undefined {
  const [firstReply, nextReply, resolution] = TARGETS.map((target) => parseHours(form[target]))
  const warningPercent = Number(form.warningPercent)
  if (firstReply === undefined || nextReply === undefined || resolution === undefined) return undefined
  if (firstReply === null && nextReply === null && resolution === null) return undefined
  if (!Number.isInteger(warningPercent) || warningPercent < 10 || warningPercent > 99) return undefined
  return {
    teamIds: [...form.teamIds],
    organisationIds: [...form.organisationIds],
    priorities: [...form.priorities],
    firstReplyMinutes: firstReply ?? undefined,
    nextReplyMinutes: nextReply ?? undefined,
    resolutionMinutes: resolution ?? undefined,
    aroundTheClock: form.aroundTheClock,
    pauses: [...form.pauses],
    warningPercent,
    onWarning: form.onWarning,
    onBreach: form.onBreach,
  }
}

export const toggled = <Value>(values: readonly Value[], value: Value, isChosen: boolean): Value[] =>
  isChosen ? [...values, value] : values.filter((each) => each !== value)
