/** 姓名脱敏 A person's name as the public reads it in a credit file: its first character. */
export const maskedName = (name: string): string => `${[...name].slice(0, 1).join('')}某`;
