import { describe, expect, test } from 'vitest'
import { parseTime, presetTimes } from './snooze-times'

// A Wednesday, in whatever zone the tests run: all of it is local time.
const NOW = new Date(2026, 10, 25, 10, 20)
const at = (year: number, month: number, date: number, hours = 9, minutes = 0) =>
  new Date(year, month - 1, date, hours, minutes)

describe('times that are offered', () => {
  test('are later today, tomorrow, Monday and a week from now', () => {
    expect(presetTimes(NOW)).toEqual([
      { preset: 'laterToday', at: at(2026, 11, 25, 14) },
      { preset: 'tomorrow', at: at(2026, 11, 26) },
      { preset: 'monday', at: at(2026, 11, 30) },
      { preset: 'inAWeek', at: at(2026, 12, 2) },
    ])
  })

  test('leave out what is over, and what would be said twice', () => {
    const names = (now: Date) => presetTimes(now).map(({ preset }) => preset)
    expect(names(at(2026, 11, 25, 19, 30))).toEqual(['tomorrow', 'monday', 'inAWeek'])
    expect(names(at(2026, 11, 29, 10))).toEqual(['laterToday', 'tomorrow', 'inAWeek'])
    expect(names(at(2026, 11, 30, 10))).toEqual(['laterToday', 'tomorrow', 'inAWeek'])
    expect(names(at(2026, 11, 28, 23, 59))).toEqual(['tomorrow', 'monday', 'inAWeek'])
  })

  test('lie ahead at every hour', () => {
    for (let hour = 0; hour < 24 * 14; hour++) {
      const now = new Date(2026, 9, 20, hour, 30)
      for (const { preset, at: time } of presetTimes(now)) {
        expect(time.getTime(), `${preset} at ${now}`).toBeGreaterThan(now.getTime())
      }
    }
  })
})

describe('times that are typed', () => {
  test.each([
    ['30 min', at(2026, 11, 25, 10, 50)],
    ['2h', at(2026, 11, 25, 12, 20)],
    ['an hour', at(2026, 11, 25, 11, 20)],
    ['2 Stunden', at(2026, 11, 25, 12, 20)],
    ['3 days', at(2026, 11, 28)],
    ['in 3 Tagen', at(2026, 11, 28)],
    ['2w', at(2026, 12, 9)],
    ['eine Woche', at(2026, 12, 2)],
    ['1 month', at(2026, 12, 25)],
    ['today 17:30', at(2026, 11, 25, 17, 30)],
    ['heute Abend', at(2026, 11, 25, 18)],
    ['tomorrow', at(2026, 11, 26)],
    ['Tomorrow at 2pm', at(2026, 11, 26, 14)],
    ['morgen früh', at(2026, 11, 26)],
    ['übermorgen', at(2026, 11, 27)],
    ['fri', at(2026, 11, 27)],
    ['Fr 14 Uhr', at(2026, 11, 27, 14)],
    ['Dienstag um 8:15', at(2026, 12, 1, 8, 15)],
    ['wednesday', at(2026, 12, 2)],
    ['until next week', at(2026, 11, 30)],
    ['5 dec', at(2026, 12, 5)],
    ['Dec 5th, 16:00', at(2026, 12, 5, 16)],
    ['5.12.', at(2026, 12, 5)],
    ['5. Dezember 2026 10:00', at(2026, 12, 5, 10)],
    ['3 march', at(2027, 3, 3)],
    ['2026-12-05', at(2026, 12, 5)],
    ['2026-12-05 14:00', at(2026, 12, 5, 14)],
    ['14:30', at(2026, 11, 25, 14, 30)],
    ['9:00', at(2026, 11, 26)],
    ['12am', at(2026, 11, 26, 0)],
    ['noon', at(2026, 11, 25, 12)],
  ])('%s', (typed, expected) => {
    expect(parseTime(typed, NOW)).toEqual(expected)
  })

  test('that have passed, are too far or mean nothing are none', () => {
    for (const typed of [
      '',
      '7',
      'soon',
      'today 9:00',
      '31.2.',
      '2025-12-05',
      '2028-01-01',
      '999 weeks',
      '25:00',
      '13pm',
      '0 days',
      '3 fortnights',
      'monday banana',
    ]) {
      expect(parseTime(typed, NOW), typed).toBeUndefined()
    }
  })

  test('are the same time of day across the change of the clocks', () => {
    const friday = new Date(2026, 9, 23, 12)
    const time = parseTime('monday', friday)
    expect([time?.getDate(), time?.getHours()]).toEqual([26, 9])
  })
})
