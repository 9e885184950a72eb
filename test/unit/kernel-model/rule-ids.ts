/**
 * Ids of the checks that were made on a real kernel (6.18.44), by the section of the kernel's specification in which the rule stands: 3 the
 * capability test, 4 call graphs, 5 errors and their order, 6 visible effects, 7 reference counts and lifetime, 8 /proc, nsfs and pidfd. One id may
 * stand in several. `checked`: ids of further checks of the same rules, which no section names.
 */
export const RULES: Readonly<Record<string, string>> = {
  '3': `A24l C6b C8 C8b C8c C8d C9b C13j C14i H3 H3b H12 M24b N4 N8 N9 N10`,
  '4.2': `A17b A17c`,
  '4.3': `M7 M8 M9 R20 R24`,
  '4.4': `B13 B16a F1`,
  '4.5': `A13b A32 A40b R2 R3 R12 R37 R42 R44`,
  '4.6': `B15a B15j B15k B15l B16b B16c B16d B16e B17 M1 M2 M3 M4 M5 M6`,
  '4.7': `A24i M12`,
  '4.8': `A33 B17 B22 M22 M23b R25 R41`,
  '4.9': `C2b C5n C5o C10b C11c C12d C13k C14g C14h C14i C14k C14l C14m C15 C16 C16b C16c C17 C18 C19 C21 C22 M14 M16 M17 R33 R36`,
  '4.11': `A34 A35`,
  '4.12': `E4e N6`,
  '4.13': `A28 B24 C11f E4f E4g E4h E4k E4l M29 R28`,
  '5.1': `A15c A18 A19 A20 A20b A20c A20d A21 A21b A21c A22 A23 A24 A24b A24c A25 A25b A26c A26d`,
  '5.2': `A1 A2 A3 A4 A6 A7 A8 A8b A9 A10 A11 A12 A14 A14b A14c A15 A16 A27 A27b A31 A32 A37 A39 A39b A39c C11g C11h C11i`,
  '5.3': `A24f A36 B8a B8b B8c B8d B8e B8f B8g B8h B8i B8r B8s C8 C10d C10e C10f C13a C13b C13c C13d C13e C13f C13g C13h C13i C13j
    C13k C13l E1b E1e E3j E5b G2b G9 M15`,
  '5.4': `A29 B1 B1a B1b B1c B1d B1e B1f B1g B1h B1i B2 B2m B3 B3m B3s B3s2 B4 B4m B4s B4s2 B5m B5um B5s B5f B6a B6b B6c B6d B6e
    B6f B6g B7a B7b B7c B7d B7e B8i B9 B10b B10d B10e B10f B11 B11b B11c B11d B11e B13 B14 B14b B15a B15b B15c B15d B15e
    B15f B15g B15h B15i B15j B15k B15l B18 B18b B19 M10 M11`,
  '5.5': `C1 C2 C2b C2c C2d C2e C3 C3b C5a C5b C5c C5d C5e C5f C5g C5h C5i C5j C5k C5n C5o C6 C7 C8c C8d C9 C10c C10g C10h C11
    C11b C11e C11f C12 C12b C12e C13i C14 C14b C14c C14d C14e C14f C14g C14h C14n C14i C14j C14k C14l C14m`,
  '5.6': `F3c F3d F3e F3f F3g F3h F3i F3j F3k F3l F3m F3n F3o F3p F3q F4a F4b F4c F4d F4e F4f F4g F4h F4i F4j F4k F4l F5b F5e F5f
    F5g F5h F5i F6 F7 F7b F7d F7f F9 F12 F13 F16 F17 F18 N16`,
  '5.7': `C12f G1 G1b G1c G1d G1e G1f G1g G1h G1i G1j G1k G1l G1m G1n G1o G1p G1q G2 G3 G3b G3c G8 G9`,
  '6.1': `E1 E1c E1d`,
  '6.2': `E2 E2b E2d`,
  '6.3': `E3b E3c E3d E3o E3o2 E3g E3h E3i E3k E3l E3m E3m2 E3n E3p E3r M21 N14`,
  '6.4': `A28b B22 E4 E4b E4c E4d E4i E4j M26 M27 M28 N7`,
  '6.5': `E5 E5d`,
  '6.6': `C8c E1e F1 F2 F8a F8b F8c F8d F14 F15 F19 F20 M15 N11 N12`,
  '6.7': `E7`,
  '6.8': `G4 G6 G7`,
  '7.1': `R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15 R17 R18 R19 R21 R25 R26 R27 R29 R30 R31 R32 R37 R43 R45 R46 R47 R48 R49 R50`,
  '7.2': `H8 H9 H13`,
  '8': `B22 B23 B24 D1 D1b D1c D1d D1e D1f D1g D1h D2a D2b D2c D2d D2e D2f D2g D2h D2i D2j D2k D3 D4 D4b D4c D4d D6c D7b D8 D8b
    D8c D8d D8e D8f D9 D10 D11 H1 H3 H3b H5a H5b H5c H5d H5e H5f H10 H11 N1 N2 N3 N4 N5`,
  checked: `A5 A13 A13c A15b A17 A17d A17e A20e A24d A24e A24g A24h A24j A24k A26 A26b A26e A36b A36c A36d A38 B5 B5u B5n B10 B10c
    B20 B21 B25 C1b C3c C10 C11d C11j C11k C12c C20 D5 D5b D6 D6b D7 D9b E1f E1g E1h E2c E2e E3 E3e E3f E3q E5c F3a F3b F5a
    F5c F5d F7c F7e F10 F11 G5 H2 H3c H4 H6 H7 M9b M19 M23 M24 N13 R1 R16 R22 R23 R34 R35 R38 R39 R40 R51`,
};
