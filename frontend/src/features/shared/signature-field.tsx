import { useTranslations } from 'use-intl'
import { TextArea } from '@/ui/field'

const LENGTH_MAX = 2_000

/** Where a signature is written, somebody's own or a team's. */
export function SignatureField({
  hint,
  value,
  onChange,
  error,
}: {
  hint: string
  value: string
  onChange: (value: string) => void
  error: string | undefined
}) {
  const t = useTranslations('common.ui')
  return (
    <TextArea
      label={t('signature')}
      hint={`${hint} ${t('signatureVariables', { agent: '{{agent.name}}', number: '{{ticket.number}}' })}`}
      rows={4}
      maxLength={LENGTH_MAX}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={error}
    />
  )
}
