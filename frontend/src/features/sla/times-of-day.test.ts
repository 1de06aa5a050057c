import { expect, test } from 'vitest'
import { parseHours, parseSpans, textOfMinutes, textOfSpans } from './times-of-day'

test('reads times the way people write them', () => {
  expect(parseSpans('9-12, 13:00 – 17:30')).toEqual([
    { from: '09:00', to: '12:00' },
    { from: '13:00', to: '17:30' },
  ])
  expect(parseSpans('20-24;0-6')).toEqual([
    { from: '00:00', to: '06:00' },
    { from: '20:00', to: '24:00' },
  ])
  expect(parseSpans('  ')).toEqual([])
  expect(textOfSpans([{ from: '09:00', to: '12:00' }])).toBe('09:00–12:00')
})

test.each(['9', '9-25', '9-9', '17-9', '9-12, 11-13', '9-24:01', '9:60-10', 'nine to five'])(
  'does not guess what %s may be',
  (text) => expect(parseSpans(text)).toBeUndefined(),
)

test('reads durations in hours', () => {
  expect(parseHours('4')).toBe(240)
  expect(parseHours('0:30')).toBe(30)
  expect(parseHours('1,5')).toBe(90)
  expect(parseHours('')).toBeNull()
  for (const wrong of ['0', '-1', 'soon', '1:75', '9999']) expect(parseHours(wrong), wrong).toBeUndefined()
  expect(textOfMinutes(90)).toBe('1:30')
  expect(textOfMinutes(undefined)).toBe('')
})
