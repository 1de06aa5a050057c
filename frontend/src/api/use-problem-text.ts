import { useFormatter, useTranslations } from 'use-intl'
import { ApiProblem } from './problem'

const MINUTE_SECONDS = 60

/** What a problem says to the reader, chosen by its type; never by what the server wrote. */
export function useProblemText() {
  const t = useTranslations('common.problems')
  const format = useFormatter()

  return (error: unknown): string => {
    if (!(error instanceof ApiProblem)) return t('unexpected')
    if (error.status === 429)
      return t('tooMany', { duration: durationText(error.retryAfterSeconds ?? MINUTE_SECONDS) })
    const slug = error.slug as Parameters<typeof t.has>[0]
    if (error.slug && error.slug !== 'fields' && t.has(slug)) return t(slug as 'offline')
    if (error.kind === 'unavailable') return t('unavailable')
    if (error.fields.length > 0 || error.status === 400) return t('invalid')
    if (error.status === 404) return t('notFound')
    if (error.status === 403) return t('forbidden')
    if (error.status === 412) return t('stale-version')
    return error.requestId ? t('unexpectedWithId', { requestId: error.requestId }) : t('unexpected')
  }

  function durationText(seconds: number) {
    return seconds < MINUTE_SECONDS * 2
      ? format.number(Math.max(1, Math.ceil(seconds)), { style: 'unit', unit: 'second', unitDisplay: 'long' })
      : format.number(Math.ceil(seconds / MINUTE_SECONDS), {
          style: 'unit',
          unit: 'minute',
          unitDisplay: 'long',
        })
  }
}

/** Bean Validation's names for what can be wrong with a field, as the few things a person needs to know. */
const FIELD_CODES: Record<
  string,
  'required' | 'tooLong' | 'email' | 'length' | 'tooSimple' | 'wrong' | 'unknownVariable'
> = {
  UnknownVariable: 'unknownVariable',
  NotBlank: 'required',
  NotNull: 'required',
  NotEmpty: 'required',
  Size: 'tooLong',
  Email: 'email',
  Length: 'length',
  TooSimple: 'tooSimple',
  Wrong: 'wrong',
}

/** The problems of a refused form, field by field. */
export function useFieldProblems(error: unknown) {
  const t = useTranslations('common.problems.fields')
  return (field: string): string | undefined => {
    if (!(error instanceof ApiProblem)) return undefined
    const problem = error.fields.find((candidate) => candidate.field === field)
    return problem && t(FIELD_CODES[problem.code] ?? 'invalid')
  }
}
