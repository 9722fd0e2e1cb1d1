; The installer for Windows. packaging/building/windows.py runs makensis on it and gives it:
;   VERSION and NUMBERS (the same as four numbers), PROGRAM (the folder to pack), ICON, SIZE_KIB and
;   TARGET (the file to write).
;
; For one person it needs no administrator; an administrator may choose to install for all.
; Silent: /S, with /AllUsers or /CurrentUser, and /D=FOLDER last.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetDateSave off ; the same files make the same installer
ManifestDPIAware true
ManifestSupportedOS all

!define NAME "GanArt Studio"
!define APP_ID "org.ganart.Studio" ; as in ganart/app.py: the taskbar joins window and shortcut by it
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\GanArtStudio"
!define PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths\ganart.exe"
!define CLASSES "Software\Classes"
!define OPEN '"$INSTDIR\ganart.exe" "%1"'
!define SHORTCUT "$SMPROGRAMS\${NAME}.lnk"

!define MULTIUSER_MUI
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallLocation"

!include LogicLib.nsh
!include MultiUser.nsh
!include MUI2.nsh
!include WinVer.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh

Name "${NAME}"
OutFile "${TARGET}"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileDescription "Installs ${NAME}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey CompanyName "The GanArt Studio developers"
VIAddVersionKey LegalCopyright "The GanArt Studio developers, MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${__FILEDIR__}/beside.bmp"
!define MUI_ABORTWARNING
; Started by the desktop, for otherwise it would run as administrator where that one installs it.
!define MUI_FINISHPAGE_RUN "$WINDIR\explorer.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS '$\"$INSTDIR\ganart.exe$\"'
!define MUI_FINISHPAGE_RUN_TEXT "Open ${NAME}"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Var Folder

; MultiUser.nsh takes no notice of the folder of /D, nor of where the uninstaller lies.
!macro KEEP_FOLDER INIT
  StrCpy $Folder $INSTDIR
  !insertmacro ${INIT}
  ${If} $Folder != ""
    StrCpy $INSTDIR $Folder
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "${NAME} needs Windows 10 or 11." /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  !insertmacro KEEP_FOLDER MULTIUSER_INIT
FunctionEnd

Function un.onInit
  !insertmacro KEEP_FOLDER MULTIUSER_UNINIT
FunctionEnd

; Removes the program, and nothing else that lies in its folder: there may be a folder `portable`.
; Before anything is removed it is seen whether the program runs: Windows lets nobody write to one
; that does.
!macro TRY_TO_WRITE FILE
  ${If} ${FileExists} "${FILE}"
    FileOpen $0 "${FILE}" a
    FileClose $0
  ${EndIf}
!macroend

!macro REMOVE_PROGRAM un
Function ${un}RemoveProgram
  again:
  ClearErrors
  !insertmacro TRY_TO_WRITE "$INSTDIR\ganart.exe"
  !insertmacro TRY_TO_WRITE "$INSTDIR\ganart.com"
  IfErrors runs
  ${If} ${FileExists} "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\_internal-old"
    Rename "$INSTDIR\_internal" "$INSTDIR\_internal-old"
  ${EndIf}
  IfErrors runs rests
  runs:
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION \
    "${NAME} is running. Close its window, then try again." /SD IDCANCEL IDRETRY again
  SetErrorLevel 2
  Quit
  rests:
  RMDir /r "$INSTDIR\_internal-old"
  RMDir /r "$INSTDIR\runtime"
  RMDir /r "$INSTDIR\pip"
  Delete "$INSTDIR\ganart.exe"
  Delete "$INSTDIR\ganart.com"
  Delete "$INSTDIR\bill.json"
  Delete "$INSTDIR\licences.tsv"
  Delete "$INSTDIR\LICENSE.txt"
FunctionEnd
!macroend
!insertmacro REMOVE_PROGRAM ""
!insertmacro REMOVE_PROGRAM "un."

; Tells the menu's entry who it starts. The entry works without that, too.
Function NameShortcut
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${If} $1 P<> 0
      ${IPersistFile::Load} $1 '("${SHORTCUT}",${STGM_READWRITE})'
      ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
      ${If} $2 P<> 0
        System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
        System::Call '*(&w64 "${APP_ID}")p.r5'
        System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_LPWSTR},,p r5)p.r4'
        ${IPropertyStore::SetValue} $2 '($3,$4)'
        System::Free $3
        System::Free $4
        System::Free $5
        ${IPropertyStore::Commit} $2 ""
        ${IUnknown::Release} $2 ""
        ${IPersistFile::Save} $1 '("${SHORTCUT}",1)'
      ${EndIf}
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
FunctionEnd

!macro TELL_DESKTOP
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; kinds of files changed
!macroend

!macro TAKES TYPE
  WriteRegStr SHCTX "${CLASSES}\Applications\ganart.exe\SupportedTypes" "${TYPE}" ""
!macroend

Section
  Call RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${PROGRAM}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "${SHORTCUT}" "$INSTDIR\ganart.exe"
  Call NameShortcut
  WriteRegStr SHCTX "${PATHS}" "" "$INSTDIR\ganart.exe"

  ; Offered under "Open with"; nobody's usual program is replaced.
  WriteRegStr SHCTX "${CLASSES}\Applications\ganart.exe" "FriendlyAppName" "${NAME}"
  WriteRegStr SHCTX "${CLASSES}\Applications\ganart.exe\shell\open\command" "" '${OPEN}'
  !insertmacro TAKES ".png"
  !insertmacro TAKES ".jpg"
  !insertmacro TAKES ".jpeg"
  !insertmacro TAKES ".webp"
  !insertmacro TAKES ".tif"
  !insertmacro TAKES ".tiff"
  !insertmacro TAKES ".safetensors"
  WriteRegStr SHCTX "${CLASSES}\GanArt.Model" "" "Model of a neural network"
  WriteRegStr SHCTX "${CLASSES}\GanArt.Model\DefaultIcon" "" "$INSTDIR\ganart.exe,0"
  WriteRegStr SHCTX "${CLASSES}\GanArt.Model\shell\open\command" "" '${OPEN}'
  WriteRegStr SHCTX "${CLASSES}\.safetensors\OpenWithProgids" "GanArt.Model" ""
  ; A project is a folder: the entry shows for folders whose names end in .ganart alone.
  WriteRegStr SHCTX "${CLASSES}\Directory\shell\GanArt" "" "Open with ${NAME}"
  WriteRegStr SHCTX "${CLASSES}\Directory\shell\GanArt" "Icon" "$INSTDIR\ganart.exe"
  WriteRegStr SHCTX "${CLASSES}\Directory\shell\GanArt" "AppliesTo" 'System.FileName:~>".ganart"'
  WriteRegStr SHCTX "${CLASSES}\Directory\shell\GanArt\command" "" '${OPEN}'
  !insertmacro TELL_DESKTOP

  WriteRegStr SHCTX "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\ganart.exe"
  WriteRegStr SHCTX "${KEY}" "Publisher" "The GanArt Studio developers"
  WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" \
    '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" ${SIZE_KIB}
  WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  Call un.RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; unless there is something else in it
  Delete "${SHORTCUT}"
  DeleteRegKey SHCTX "${PATHS}"
  DeleteRegKey SHCTX "${CLASSES}\Applications\ganart.exe"
  DeleteRegKey SHCTX "${CLASSES}\GanArt.Model"
  DeleteRegValue SHCTX "${CLASSES}\.safetensors\OpenWithProgids" "GanArt.Model"
  DeleteRegKey SHCTX "${CLASSES}\Directory\shell\GanArt"
  ; What was made for these on the way, unless others use it.
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.safetensors\OpenWithProgids"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.safetensors"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\Directory\shell"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\Directory"
  DeleteRegKey SHCTX "${KEY}"
  !insertmacro TELL_DESKTOP

  SetShellVarContext current ; the settings are one person's, whoever the program is there for
  ${If} ${FileExists} "$LOCALAPPDATA\ganart"
    MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONQUESTION \
      "Delete your settings, logs and downloads of ${NAME} too?$\n$\nYour projects stay in any case." \
      /SD IDNO IDNO kept
    RMDir /r "$LOCALAPPDATA\ganart"
    kept:
  ${EndIf}
SectionEnd
