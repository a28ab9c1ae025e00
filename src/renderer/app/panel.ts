/** What lies over the screen: the palette, the help, the centre in detail; or nothing. */
export type Panel = 'palette' | 'help' | 'centre' | null;
