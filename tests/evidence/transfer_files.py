"""A made-up Common Transfer File, whole, so that tests can change a part of it."""

EXAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<CTfile>
<Header><DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion>
  <DateTime>2026-09-21T08:30:00</DateTime>
  <DocumentQualifier>full</DocumentQualifier><SupplierID>EXAMPLE</SupplierID>
  <SourceSchool><LEA>881</LEA><Estab>9999</Estab><URN>999999</URN><SchoolName>Lanternfield Academy</SchoolName>
    <AcademicYear>2026</AcademicYear></SourceSchool>
  <DestSchool><LEA>XXX</LEA><Estab>XXXX</Estab></DestSchool></Header>
<CTFpupilData><Pupil>
  <UPN>B881999926001</UPN><Surname>Quillfeather</Surname><Forename>Rosalind</Forename><DOB>2012-03-15</DOB><Sex>F</Sex>
  <BasicDetails><PreferredSurname>Quillfeather</PreferredSurname><PreferredForename>Rosie</PreferredForename>
    <MiddleNames>May</MiddleNames><NCyearActual>10</NCyearActual><Ethnicity>WBRI</Ethnicity>
    <EthnicitySource>P</EthnicitySource>
    <Languages><Type><LanguageType>F</LanguageType><Language>ENG</Language></Type></Languages>
    <ServiceChild>N</ServiceChild><MedicalFlag>true</MedicalFlag><EnrolStatus>C</EnrolStatus></BasicDetails>
  <FSMhistory><FSMinstance><FSMstartDate>2023-10-02</FSMstartDate><UKcountry>ENG</UKcountry></FSMinstance></FSMhistory>
  <LookedAfter><InCare>false</InCare></LookedAfter>
  <SENhistory><SEN><StartDate>2022-09-05</StartDate><SENprovision>N</SENprovision></SEN>
    <SEN><StartDate>2024-01-08</StartDate><SENprovision>K</SENprovision></SEN>
    <SENneeds><SENneed><SENtypeRank>2</SENtypeRank><SENtype>ASD</SENtype></SENneed>
      <SENneed><SENtypeRank>1</SENtypeRank><SENtype>SEMH</SENtype></SENneed></SENneeds></SENhistory>
  <Address><BS7666Address><PAON>14</PAON><Street>Teasel Row</Street><Town>Lanternfield</Town></BS7666Address>
    <County>Essex</County><PostCode>CM99 9ZZ</PostCode></Address>
  <Contacts><Contact><Order>2</Order><Surname>Marsh</Surname><Forename>Tom</Forename><Relationship>PAF</Relationship>
      <Responsibility>false</Responsibility></Contact>
    <Contact><Order>1</Order><Title>Ms</Title><Surname>Quillfeather</Surname><Forename>Ada</Forename>
      <Relationship>PAM</Relationship><Responsibility>true</Responsibility>
      <Address><AddressAsPupil>true</AddressAsPupil></Address>
      <Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>01632 960102</PhoneNo></Phone>
        <Phone><TelephoneType>M</TelephoneType><PhoneNo>01632 960101</PhoneNo></Phone></Phones>
      <Email>ada@example.org</Email></Contact></Contacts>
  <Attendance><YearData><Year>2026</Year><LEA>881</LEA><Estab>9999</Estab><SchoolName>Lanternfield Academy</SchoolName>
    <SessionsPossible>20</SessionsPossible><SessionsAuthorised>5</SessionsAuthorised>
    <SessionsAttended>15</SessionsAttended><SessionsUnauthorised>0</SessionsUnauthorised>
    <AttendSessions><AttendanceStartDate>2026-09-07</AttendanceStartDate>
      <AttendanceMarks>/\\/\\/\\/\\/\\####/\\/\\IIII/C2####</AttendanceMarks></AttendSessions></YearData></Attendance>
  <SchoolHistory><School><LEA>881</LEA><Estab>9999</Estab><SchoolName>Lanternfield Academy</SchoolName>
    <EntryDate>2023-09-05</EntryDate><LastSchool>true</LastSchool></School></SchoolHistory>
</Pupil></CTFpupilData>
</CTfile>
"""
"""Nobody: the UPN is a test value, the telephone numbers are kept for fiction, and there is no school 881/9999."""

SECOND = "<Pupil><UPN>A88199992601A</UPN><Surname>Nguyễn</Surname><Forename>An</Forename><DOB>2013-01-02</DOB></Pupil>"


def changed(*changes: tuple[str, str], base: str = EXAMPLE) -> bytes:
    """The example with parts of it replaced, each of which must be there."""
    for before, after in changes:
        assert before in base, before
        base = base.replace(before, after)
    return base.encode()


def without(block: str) -> bytes:
    """The example without a block."""
    start, end = EXAMPLE.index(f"<{block}>"), EXAMPLE.index(f"</{block}>") + len(f"</{block}>")
    return (EXAMPLE[:start] + EXAMPLE[end:]).encode()
