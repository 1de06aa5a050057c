import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { isProblem } from '@/api/problem'
import { useProblemText } from '@/api/use-problem-text'
import { useDebounced } from '@/lib/use-debounced'
import { Button } from '@/ui/button'
import { TextArea } from '@/ui/field'
import { HtmlView } from '@/ui/html-view'
import css from './message-text-field.module.css'
import { textPreview } from './queries'

const LENGTH_MAX = 5_000
const PREVIEW_PAUSE_MS = 200

const VARIABLES = [
  'requester.firstName',
  'requester.name',
  'organisation.name',
  'ticket.number',
  'ticket.subject',
  'agent.firstName',
  'agent.name',
] as const
type VariableKey =
  | 'requester-firstName'
  | 'requester-name'
  | 'organisation-name'
  | 'ticket-number'
  | 'ticket-subject'
  | 'agent-firstName'
  | 'agent-name'

interface MessageTextFieldProps {
  value: string
  onChange: (text: string) => void
  error?: string | undefined
}

/** A text with variables, and beside it how a customer will read it. */
export function MessageTextField({ value, onChange, error }: MessageTextFieldProps) {
  const t = useTranslations('replies.form')
  const problemText = useProblemText()
  const textarea = useRef<HTMLTextAreaElement>(null)
  const text = useDebounced(value, PREVIEW_PAUSE_MS)
  const preview = useQuery({
    ...textPreview(text, {
      requesterName: t('exampleName'),
      subject: t('exampleSubject'),
      organisationName: t('exampleOrganisation'),
    }),
    enabled: text.trim() !== '',
  })
  const textProblem = useTextProblem()

  const insert = (variable: (typeof VARIABLES)[number]) => {
    const element = textarea.current
    if (!element) return
    const fallback = variable === 'requester.firstName' ? `|${t('there')}` : ''
    element.focus()
    element.setRangeText(`{{${variable}${fallback}}}`, element.selectionStart, element.selectionEnd, 'end')
    onChange(element.value)
  }

  const refused = preview.isError && text === value ? preview.error : undefined
  return (
    <div className={css.field}>
      <TextArea
        ref={textarea}
        label={t('text')}
        rows={7}
        required
        maxLength={LENGTH_MAX}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        error={error ?? (refused ? (textProblem(refused) ?? problemText(refused)) : undefined)}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would frame a line of buttons */}
      <div className={css.variables} role="group" aria-label={t('variables')}>
        <span className={css.label}>{t('variables')}</span>
        {VARIABLES.map((variable) => (
          <Button key={variable} size="small" kind="quiet" onClick={() => insert(variable)}>
            {t(`variable.${variable.replace('.', '-') as VariableKey}`)}
          </Button>
        ))}
      </div>
      <section className={css.preview} aria-label={t('preview')}>
        <p className={css.label}>{t('preview')}</p>
        {preview.data && text.trim() !== '' ? (
          <HtmlView html={preview.data.html} />
        ) : (
          <p className={css.empty}>{t('previewEmpty')}</p>
        )}
      </section>
    </div>
  )
}

/** What is wrong with a text, where it is its variables. */
export function useTextProblem(): (error: unknown) => string | undefined {
  const t = useTranslations('replies.form')
  return (error) => {
    const problem = isProblem(error)
      ? error.fields.find(({ field }) => field === 'text' || field === 'actions.message.text')
      : undefined
    switch (problem?.code) {
      case 'UnknownVariable':
        return t('unknownVariable', { variables: VARIABLES.map((name) => `{{${name}}}`).join(', ') })
      case 'TooMany':
        return t('tooManyVariables')
      default:
        return undefined
    }
  }
}
