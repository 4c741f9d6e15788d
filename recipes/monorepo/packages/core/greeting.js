export const greeting = (whom) => `Hello ${whom}`;
