import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { NameView } from '@/api/generated/types.gen'
import { useDebounced } from '@/lib/use-debounced'
import { Combobox } from '@/ui/combobox'
import { organisationsQuery } from './queries'

interface OrganisationFieldProps {
  value: NameView | null
  onChange: (organisation: NameView | null) => void
}

export function OrganisationField({ value, onChange }: OrganisationFieldProps) {
  const t = useTranslations('administration.people')
  const [text, setText] = useState('')
  const { data } = useInfiniteQuery(organisationsQuery(useDebounced(text.trim())))
  const found = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Combobox
      label={t('organisation')}
      placeholder={t('noOrganisation')}
      clearable
      choices={found.map(({ id, name }) => ({ value: id, label: name }))}
      value={value ? { value: value.id, label: value.name } : null}
      onSearch={setText}
      onChange={(choice) => onChange(choice ? { id: choice.value, name: choice.label } : null)}
    />
  )
}
