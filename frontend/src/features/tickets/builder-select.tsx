import { Icon } from '@/ui/icons'
import css from './filter-builder.module.css'

interface SelectProps<Value extends string> {
  label: string
  value: Value
  options: readonly Value[]
  textOf: (value: Value) => string
  onChange: (value: Value) => void
}

/** The platform's own select, as low as a row of the builder. */
export function Select<Value extends string>({
  label,
  value,
  options,
  textOf,
  onChange,
}: SelectProps<Value>) {
  return (
    <span className={css.select}>
      <select
        aria-label={label}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option === event.target.value)
          if (chosen) {
            onChange(chosen)
          }
        }}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {textOf(option)}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" size={12} />
    </span>
  )
}
