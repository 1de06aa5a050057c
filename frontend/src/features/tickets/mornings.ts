/** Where a working day begins, and what is meant by a day without a time. */
export const MORNING_HOUR = 9

/** The morning so many days later, in the reader's time zone. */
export function dayAt(now: Date, days: number, hour = MORNING_HOUR): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour)
}

export const REMINDERS = ['none', 'tomorrow', 'inThreeDays', 'inAWeek', 'inTwoWeeks'] as const
export type Reminder = (typeof REMINDERS)[number]
const REMINDER_DAYS: Record<Exclude<Reminder, 'none'>, number> = {
  tomorrow: 1,
  inThreeDays: 3,
  inAWeek: 7,
  inTwoWeeks: 14,
}

/** When a ticket comes back where the customer has not answered. */
export function reminderTime(reminder: Reminder, now: Date): Date | undefined {
  return reminder === 'none' ? undefined : dayAt(now, REMINDER_DAYS[reminder])
}
