export const stands = "for a hashed asset"
