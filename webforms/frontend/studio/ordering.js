// In which order findings are told: causes before what follows from them.

// A file that cannot be read, or is missing, takes away what this one names: its finding is about no element of it.
const rank = ({ here, level, element }) => (here ? 1 : level === 'error' && !element ? 0 : 2);

// Then what is to be mended here, then what stands elsewhere; errors before hints.
export const causesFirst = (found) => [...found].sort((one, other) => rank(one) - rank(other) || one.level.localeCompare(other.level));
