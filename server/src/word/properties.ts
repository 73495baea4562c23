/** The custom property by which a Word file of this project is known; its value is the version of the language it was written from. */
export const OWN_PROPERTY = 'resolution-markup';
export const OWN_VERSION = '1';
